package io.plumbline.pipeline.control.source;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a class's source lies below the root of some sources: the package's folders and the file's name. Both names come from outside, the
 * class's from who asks and the file's from a class file; whatever is no plain name makes no path, so that none leads out of its root.
 *
 * @param text with slashes, {@code shop/OrderService.java}
 */
record SourcePath(String text) {
    private static final int MAX_LENGTH = 1_000;
    private static final Pattern CLASS = Pattern.compile("[\\p{L}\\p{N}_$-]+(\\.[\\p{L}\\p{N}_$-]+)*");
    private static final Pattern FILE =
            Pattern.compile("[\\p{L}\\p{N}_$-]+(\\.[\\p{L}\\p{N}_$-]+)*\\.[A-Za-z0-9]{1,10}");

    /** Whether a text is a class's name, of which a path may be made. */
    static boolean isClass(String name) {
        return name.length() <= MAX_LENGTH && CLASS.matcher(name).matches();
    }

    /**
     * None where one of the names is no plain one.
     *
     * @param type binary name of an outermost class
     * @param file the source file's name, as the class file has it; empty where it has none
     */
    static Optional<SourcePath> of(String type, String file) {
        if (!isClass(type) || file.length() > MAX_LENGTH || !FILE.matcher(file).matches()) {
            return Optional.empty();
        }
        int dot = type.lastIndexOf('.');
        return Optional.of(
                new SourcePath(dot < 0 ? file : type.substring(0, dot).replace('.', '/') + "/" + file));
    }

    /** The outermost class of one. */
    static String outermost(String type) {
        int dollar = type.indexOf('$', type.lastIndexOf('.') + 2);
        return dollar < 0 ? type : type.substring(0, dollar);
    }

    /** Whether a file's path, with slashes, ends with this one. */
    boolean ends(String path) {
        return path.equals(text) || path.endsWith("/" + text);
    }
}
