package io.plumbline.config.probe;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Percentages as people write them: {@code 1%}, {@code 0.5%}. */
public final class Percent {
    private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?) ?%?");

    private Percent() {}

    /**
     * Reads a percentage; the sign may be left out.
     *
     * @throws IllegalArgumentException with examples, when the text has another form, is zero, or above the maximum
     */
    public static double parse(String text, double max) {
        Matcher matcher = FORM.matcher(text.trim());
        double value = matcher.matches() ? Double.parseDouble(matcher.group(1)) : 0;
        if (value <= 0 || value > max) {
            throw new IllegalArgumentException(
                    "a percentage above 0 and up to " + format(max) + " reads like 1% or 0.5%: " + text);
        }
        return value;
    }

    /** The shortest form that {@link #parse} reads back. */
    public static String format(double percent) {
        return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + "%";
    }
}
