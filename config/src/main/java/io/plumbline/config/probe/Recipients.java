package io.plumbline.config.probe;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which instances of exporters a probe's signals are for, by name. On the signals they travel as one text.
 *
 * @param names none means all instances
 */
public record Recipients(List<String> names) {
    /** The key in a probe's definition. */
    public static final String KEY = "to";

    /**
     * Means no exporter, unless somebody calls one so: signals that are read from the topics alone, as assistants' are.
     */
    public static final String NOBODY = "assistants";

    public static final Recipients ALL = new Recipients(List.of());

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final int MAX = 16;

    public Recipients {
        names = List.copyOf(names);
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("'to' names exporters as 'plumb exporters' does, up to 40 lower-case"
                        + " letters, digits and '-': '" + name + "'");
            }
        }
        if (names.size() > MAX || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "'to' names up to " + MAX + " exporters, each once: " + String.join(", ", names));
        }
    }

    public boolean isAll() {
        return names.isEmpty();
    }

    /** As it travels on signals: {@code errors,audit}; empty for all. */
    public String text() {
        return String.join(",", names);
    }

    /** Whether a text on a signal means an instance. */
    public static boolean means(String text, String name) {
        return Arrays.asList(text.split(",")).contains(name);
    }
}
