package io.plumbline.pipeline.control.oidc;

import io.plumbline.config.text.Glob;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Bounds;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What people of a group may do.
 *
 * @param groups names or patterns; {@code *} for everybody whom the provider lets in
 */
record OidcGrant(List<String> groups, AccessRole role, Bounds bounds) {
    private static final String GROUP = "group";
    private static final String ROLE = "role";
    private static final String SERVICE = "service";
    private static final String ENVIRONMENT = "environment";
    private static final Set<String> KEYS = new TreeSet<>(Set.of(GROUP, ROLE, SERVICE, ENVIRONMENT));

    /**
     * Reads {@code group=shop-devs,role=prober,service=shop|pay*,environment=staging}.
     *
     * @param key the setting's, for errors
     * @throws IllegalArgumentException naming the key and the remedy
     */
    static OidcGrant parse(String key, String text) {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            List<String> values = equals < 0
                    ? List.of()
                    : Arrays.stream(part.substring(equals + 1).split("\\|", -1))
                            .map(String::strip)
                            .toList();
            String what = equals < 0 ? part : part.substring(0, equals).strip();
            if (!KEYS.contains(what) || values.contains("") || parts.put(what, values) != null) {
                throw wrong(key, text);
            }
        }
        if (!parts.containsKey(GROUP) || parts.getOrDefault(ROLE, List.of()).size() != 1) {
            throw wrong(key, text);
        }
        AccessRole role = role(key, parts.get(ROLE).get(0));
        Bounds bounds = new Bounds(parts.getOrDefault(SERVICE, List.of()), parts.getOrDefault(ENVIRONMENT, List.of()));
        if (role == AccessRole.ADMIN && !bounds.isAll()) {
            throw new IllegalArgumentException(
                    key + ": an admin has no bounds; leave service and environment out, or choose another role");
        }
        return new OidcGrant(parts.get(GROUP), role, bounds);
    }

    private static AccessRole role(String key, String word) {
        try {
            return AccessRole.of(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException wrong(String key, String text) {
        return new IllegalArgumentException(key
                + " reads like group=shop-devs,role=prober,service=shop|pay*,environment=staging; group and one role are needed: "
                + text);
    }

    boolean isFor(List<String> having) {
        return groups.contains("*")
                || groups.stream().anyMatch(pattern -> having.stream().anyMatch(group -> Glob.matches(pattern, group)));
    }
}
