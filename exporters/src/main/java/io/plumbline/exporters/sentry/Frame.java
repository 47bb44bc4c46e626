package io.plumbline.exporters.sentry;

import io.plumbline.config.code.OwnCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One frame of a stack, or the mark of some that are missing.
 *
 * @param type the class's binary name, or ""
 * @param file without its folder, or ""
 * @param line 0 if unknown
 * @param isOwn whether it is the application's own code
 * @param missing 0, or how many frames this one stands for; all else is empty then
 */
record Frame(String type, String method, String file, int line, boolean isNative, boolean isOwn, int missing) {

    /** Loader and module stand before the class with a slash each; a hidden class has a slash of its own, after a $. */
    private static final Pattern FORM = Pattern.compile("at (?:[^/$(]*/)*+(.+)\\.([^.(]+)\\((.*)\\)");

    private static final Pattern LINE = Pattern.compile("(.*):(\\d{1,9})");

    /** What the agent writes for an element that it could not read. */
    static final Frame UNREAD = new Frame("", "?", "", 0, false, false, 0);

    static Frame missing(int count) {
        return new Frame("", "", "", 0, false, false, count);
    }

    /**
     * As {@link StackTraceElement#toString} writes it, after {@code at }.
     *
     * @param text what is no frame becomes {@link #UNREAD}
     */
    static Frame parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return UNREAD;
        }
        String place = form.group(3);
        boolean isNative = place.equals("Native Method");
        Matcher line = LINE.matcher(place);
        boolean hasLine = line.matches();
        String file = isNative || place.equals("Unknown Source") ? "" : place;
        return new Frame(
                form.group(1),
                form.group(2),
                hasLine ? line.group(1) : file,
                hasLine ? Integer.parseInt(line.group(2)) : 0,
                isNative,
                OwnCode.contains(form.group(1)),
                0);
    }

    Frame foreign() {
        return new Frame(type, method, file, line, isNative, false, missing);
    }

    /** How many frames of the program it is. */
    int weight() {
        return Math.max(1, missing);
    }

    /** {@code shop.Cart.add}. */
    String function() {
        return type + "." + method;
    }
}
