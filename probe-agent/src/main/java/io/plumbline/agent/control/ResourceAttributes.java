package io.plumbline.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/** OpenTelemetry's {@code key=value,key=value}, with values percent-encoded, as labels. */
final class ResourceAttributes {
    private static final int MAX = 64;
    private static final int MAX_CHARS = 200;

    /** What we say in one word; others keep their names. */
    private static final Map<String, String> SHORT = Map.of(
            "service.version", "version",
            "deployment.environment.name", "environment",
            "deployment.environment", "environment",
            "vcs.ref.head.revision", "commit");

    private ResourceAttributes() {}

    /** Pairs that can't be read are left out; so is what is more than can be borne. */
    static Map<String, String> of(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String pair : text.split(",")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && attributes.size() < MAX) {
                attributes.put(
                        pair.substring(0, equals).strip(),
                        cut(decoded(pair.substring(equals + 1).strip())));
            }
        }
        return attributes;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    static String cut(String value) {
        return value.length() > MAX_CHARS ? value.substring(0, MAX_CHARS) : value;
    }

    /** As instances are labelled; who the instance is it says itself. */
    static Map<String, String> labels(Map<String, String> attributes) {
        Map<String, String> labels = new LinkedHashMap<>();
        attributes.forEach((name, value) -> {
            boolean isOwn = name.equals("service.name") || name.equals("service.instance.id");
            if (!isOwn && !value.isBlank()) {
                labels.put(SHORT.getOrDefault(name, name), value);
            }
        });
        return labels;
    }
}
