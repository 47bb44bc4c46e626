package io.plumbline.config.probe;

import io.plumbline.config.expression.Code;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A named place of a span probe.
 *
 * @param name such as {@code A}; unique in its probe
 * @param location where
 * @param condition when a hit there counts; absent means always
 * @param key what tells requests apart here, where the probe goes by an expression; else absent
 * @param attributes what the spans that begin or end here say of it, by name
 * @param on for which instances, beside the probe's own targets
 * @param beside what a hit leaves on the program's own span
 */
public record SpanPoint(
        String name,
        Location location,
        Optional<Code> condition,
        Optional<Code> key,
        Map<String, Code> attributes,
        Targets on,
        Set<OnSpan> beside) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,15}");
    private static final int MAX_ATTRIBUTES = 16;

    public SpanPoint {
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(on, "on");
        EnumSet<OnSpan> inOrder = EnumSet.noneOf(OnSpan.class);
        inOrder.addAll(beside);
        beside = Collections.unmodifiableSet(inOrder);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "a point's name is up to 16 letters, digits and _ and starts with a letter: " + name);
        }
        if (attributes.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException(
                    "a point has at most " + MAX_ATTRIBUTES + " attributes: " + attributes.size());
        }
        if (beside.contains(OnSpan.ATTRIBUTES) && attributes.isEmpty()) {
            throw new IllegalArgumentException("point " + name
                    + " has 'beside: attributes' and no attributes; give it some, or let it leave an event");
        }
    }

    /** Whether a text can be a point's name. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
