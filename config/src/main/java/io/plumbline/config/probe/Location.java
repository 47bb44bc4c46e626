package io.plumbline.config.probe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a probe looks: {@code shop.OrderService:118} (a class, with those nested in it), {@code OrderService:118} (any
 * class of that simple name) or {@code OrderService.java:118} (every class made from a file of that name).
 *
 * @param type class name, simple class name or source file name
 * @param line 1-based
 */
public record Location(String type, int line) {
    private static final Pattern FORM = Pattern.compile("([\\p{L}_$][\\p{L}\\p{N}_$.-]*):([0-9]{1,6})");
    private static final Pattern FILE = Pattern.compile(".*\\.(java|kt|kts|scala|groovy|jsp)");
    private static final int MAX_LINE = 65_535;

    public Location {
        if (line < 1 || line > MAX_LINE) {
            throw new IllegalArgumentException("the line must be from 1 to " + MAX_LINE + ": " + line);
        }
    }

    /**
     * Reads {@code type:line}.
     *
     * @throws IllegalArgumentException with a remedy, when the text has another form
     */
    public static Location parse(String text) {
        Matcher matcher = FORM.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a location is a class or source file and a line, as in"
                    + " shop.OrderService:118 or OrderService.java:118; this is none: " + text);
        }
        return new Location(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }

    /** Whether the type is a source file's name. */
    public boolean isFile() {
        return isFile(type);
    }

    /** Whether a location's type is a source file's name. */
    public static boolean isFile(String type) {
        return FILE.matcher(type).matches();
    }

    @Override
    public String toString() {
        return type + ":" + line;
    }
}
