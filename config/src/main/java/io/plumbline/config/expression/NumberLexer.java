package io.plumbline.config.expression;

import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one number literal: decimal, hexadecimal, binary, with underscores, exponent and the suffixes L, f, d. */
final class NumberLexer {
    /** What stands for 2147483648 and 9223372036854775808L, which are numbers only behind a minus (JLS §3.10.1). */
    enum Least {
        INT(Integer.MIN_VALUE),
        LONG(Long.MIN_VALUE);

        /** The number with its minus. */
        final Number negated;

        Least(Number negated) {
            this.negated = negated;
        }
    }

    /** Why one of those two is refused elsewhere. */
    static final String TOO_LARGE = "too large for its type; append L for a long";

    private static final Pattern INTEGER = Pattern.compile("(0[xX][0-9a-fA-F_]+|0[bB][01_]+|[0-9][0-9_]*)([lL]?)");
    private static final Pattern FLOATING = Pattern.compile(
            "([0-9][0-9_]*\\.[0-9_]*|\\.[0-9][0-9_]*|[0-9][0-9_]*(?=[eEfFdD]))([eE][+-]?[0-9]+)?([fFdD]?)");

    private final String text;
    private final int start;

    NumberLexer(String text, int start) {
        this.text = text;
        this.start = start;
    }

    /**
     * @param moveTo told the offset behind the number
     */
    Token read(IntConsumer moveTo) {
        Matcher floating = FLOATING.matcher(text).region(start, text.length());
        Matcher integer = INTEGER.matcher(text).region(start, text.length());
        boolean whole = !floating.lookingAt() || isHex();
        Matcher match = whole ? integer : floating;
        if (whole && !integer.lookingAt()) {
            throw new ExpressionException(text, start, "not a number");
        }
        if (match.end() < text.length() && Character.isJavaIdentifierPart(text.charAt(match.end()))) {
            throw new ExpressionException(
                    text, match.end(), "unexpected '" + text.charAt(match.end()) + "' in a number");
        }
        moveTo.accept(match.end());
        Object value = whole ? integer(integer) : floating(floating);
        return new Token(Token.Kind.LITERAL, match.group(), value, start);
    }

    private boolean isHex() {
        return text.regionMatches(true, start, "0x", 0, 2) || text.regionMatches(true, start, "0b", 0, 2);
    }

    private Object integer(Matcher match) {
        String digits = match.group(1).replace("_", "").toLowerCase(Locale.ROOT);
        int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0b") ? 2 : 10;
        String plain = radix == 10 ? digits : digits.substring(2);
        if (radix == 10 && digits.length() > 1 && digits.startsWith("0")) {
            throw new ExpressionException(
                    text, start, "a number with a 0 in front is octal in Java; write it without, or as 0x…");
        }
        boolean isLong = !match.group(2).isEmpty();
        if (radix == 10 && plain.equals(isLong ? "9223372036854775808" : "2147483648")) {
            return isLong ? Least.LONG : Least.INT;
        }
        try {
            if (isLong) {
                return radix == 10 ? Long.parseLong(plain) : Long.parseUnsignedLong(plain, radix);
            }
            return radix == 10 ? Integer.parseInt(plain) : Integer.parseUnsignedInt(plain, radix);
        } catch (NumberFormatException e) {
            throw new ExpressionException(text, start, TOO_LARGE);
        }
    }

    private static Object floating(Matcher match) {
        String number = (match.group(1) + (match.group(2) == null ? "" : match.group(2))).replace("_", "");
        boolean isFloat = match.group(3).equalsIgnoreCase("f");
        return isFloat ? (Object) Float.parseFloat(number) : (Object) Double.parseDouble(number);
    }
}
