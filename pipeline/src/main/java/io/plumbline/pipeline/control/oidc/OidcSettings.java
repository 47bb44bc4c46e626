package io.plumbline.pipeline.control.oidc;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whose bearer tokens are taken beside ours: {@code control.oidc.…}.
 *
 * @param issuer exactly as it stands in the tokens
 * @param audience one of those that a token has to be for
 * @param clientId what {@code plumb login} calls itself at the provider; empty for no login
 * @param scopes that it asks for
 * @param nameClaim says who somebody is; should be one that nobody changes for themselves
 * @param groupsClaim says which groups somebody is in; dots lead into objects
 * @param grants in the order of their names; the first that fits counts
 */
public record OidcSettings(
        URI issuer,
        String audience,
        String clientId,
        String scopes,
        String nameClaim,
        String groupsClaim,
        List<OidcGrant> grants) {
    /** What all of these settings begin with. */
    public static final String PREFIX = "control.oidc.";

    private static final String ISSUER = PREFIX + "issuer";
    private static final String AUDIENCE = PREFIX + "audience";
    private static final String CLIENT_ID = PREFIX + "client-id";
    private static final String SCOPES = PREFIX + "scopes";
    private static final String NAME_CLAIM = PREFIX + "name-claim";
    private static final String GROUPS_CLAIM = PREFIX + "groups-claim";
    private static final String GRANT = PREFIX + "grant.";
    private static final Set<String> KNOWN =
            new TreeSet<>(Set.of(ISSUER, AUDIENCE, CLIENT_ID, SCOPES, NAME_CLAIM, GROUPS_CLAIM, GRANT + "NAME"));
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public OidcSettings {
        grants = List.copyOf(grants);
    }

    /**
     * Reads them; null where there are none.
     *
     * @throws IllegalArgumentException naming the key and the remedy
     */
    public static OidcSettings of(Map<String, String> settings) {
        List<OidcGrant> grants = new ArrayList<>();
        boolean any = false;
        for (Map.Entry<String, String> each : new TreeMap<>(settings).entrySet()) {
            String key = each.getKey();
            if (!key.startsWith(PREFIX)) {
                continue;
            }
            any = true;
            if (key.startsWith(GRANT)) {
                grants.add(OidcGrant.parse(key, each.getValue()));
            } else if (!KNOWN.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown setting " + key + "; sign-on knows " + String.join(", ", KNOWN));
            }
        }
        if (!any) {
            return null;
        }
        if (grants.isEmpty()) {
            throw new IllegalArgumentException("nobody may do anything by OIDC; say who may, as in " + GRANT
                    + "devs=group=shop-devs,role=prober,service=shop");
        }
        return new OidcSettings(
                secure(ISSUER, required(settings, ISSUER)),
                required(settings, AUDIENCE),
                settings.getOrDefault(CLIENT_ID, ""),
                settings.getOrDefault(SCOPES, "openid"),
                settings.getOrDefault(NAME_CLAIM, "sub"),
                settings.getOrDefault(GROUPS_CLAIM, "groups"),
                grants);
    }

    /** What somebody who signs on needs to know; nothing of it is a secret. */
    public Map<String, Object> map() {
        return Map.of("issuer", issuer.toString(), "clientId", clientId, "audience", audience, "scopes", scopes);
    }

    private static String required(Map<String, String> settings, String key) {
        String value = settings.getOrDefault(key, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("sign-on by OIDC needs " + ISSUER + " and " + AUDIENCE + "; set " + key);
        }
        return value;
    }

    /** Keys that came over an open line would be anybody's. */
    static URI secure(String what, String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " is no address: " + text, e);
        }
        boolean isSecure = "https".equals(uri.getScheme())
                || "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
        if (!isSecure || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    what + " has to be an https address (http on this machine's loopback interface alone): " + text);
        }
        return uri;
    }
}
