package io.plumbline.config.redaction;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds payment card numbers: 13 to 19 digits (ISO/IEC 7812-1) that begin as an issuer's numbers do and have the right
 * check digit (Luhn's), in one piece or in groups with single spaces or hyphens or dots between them. What a cut left of one is
 * found too, once more is left than the six digits that name the issuer.
 *
 * <p>The bargain: any other number that looks just so is hidden as well, one of ten that begin alike. Times, dates, UUIDs,
 * hashes and fractions do not.
 */
final class Cards {
    private static final int MIN_DIGITS = 13;
    private static final int MAX_DIGITS = 19;
    static final int ISSUER_DIGITS = 6;
    private static final int MIN_GROUP = 4;
    private static final int MAX_GROUP = 7;
    private static final int MIN_GROUPS = 3;

    private Cards() {}

    /** The end of the digits that begin at a place, with single separators between them. */
    static int runEnd(String text, int from) {
        int end = from + 1;
        while (end < text.length()) {
            if (Chars.is(text.charAt(end), Chars.DIGIT)) {
                end++;
            } else if (isSeparator(text.charAt(end)) && Chars.is(text, end + 1, Chars.DIGIT)) {
                end += 2;
            } else {
                break;
            }
        }
        return end;
    }

    /**
     * Adds the card numbers in a run of digits and separators.
     *
     * @param found null while there is none
     * @return what is found now, null if that is still none
     */
    static List<Span> find(String text, int from, int to, boolean cutAtEnd, List<Span> found) {
        List<Span> all = found;
        int start = from;
        while (start < to) {
            int end = cardEnd(text, start, to, cutAtEnd);
            if (end > start) {
                all = all == null ? new ArrayList<>() : all;
                all.add(new Span(start, end));
            }
            start = (end > start ? end : Chars.end(text, start, Chars.DIGIT)) + 1;
        }
        return all;
    }

    /** Where the longest card number ends that begins with the group here; -1 if none does. */
    private static int cardEnd(String text, int start, int to, boolean cutAtEnd) {
        int best = -1;
        int groups = 0;
        int digits = 0;
        boolean even = true;
        for (int at = start; at < to && even; groups++) {
            int end = Chars.end(text, at, Chars.DIGIT);
            digits += end - at;
            if (digits > MAX_DIGITS || (groups > 0 && end - at > MAX_GROUP)) {
                break;
            }
            if (isCard(text, start, end, groups + 1, digits) || isPart(text, start, end, to, digits, cutAtEnd)) {
                best = end;
            }
            even = end - at >= MIN_GROUP && end - at <= MAX_GROUP && goesOn(text, start, end, to);
            at = end + 1;
        }
        return best;
    }

    /** Whether another group follows, behind the same separator as before the others. */
    private static boolean goesOn(String text, int start, int end, int to) {
        int first = Chars.end(text, start, Chars.DIGIT);
        return end < to && text.charAt(end) == text.charAt(first);
    }

    private static boolean isCard(String text, int start, int end, int groups, int digits) {
        return digits >= MIN_DIGITS
                && (groups == 1 || groups >= MIN_GROUPS)
                && begins(text, start)
                && isFree(text, start, end)
                && passesLuhn(text, start, end);
    }

    /** Whether a cut may have left this of a card number. */
    private static boolean isPart(String text, int start, int end, int to, int digits, boolean cutAtEnd) {
        boolean cut = Chars.isCut(text, end, cutAtEnd)
                || (end < text.length() && isSeparator(text.charAt(end)) && Chars.isCut(text, end + 1, cutAtEnd));
        return end == to
                && cut
                && digits > ISSUER_DIGITS
                && digits < MAX_DIGITS
                && begins(text, start)
                && isFree(text, start, end);
    }

    /** Whether a number begins as those of Visa, Mastercard, Amex, Diners, JCB, Discover, UnionPay, Maestro, Mir, RuPay. */
    private static boolean begins(String text, int start) {
        int four = 0;
        int seen = 0;
        for (int i = start; i < text.length() && seen < 4; i++) {
            if (Chars.is(text.charAt(i), Chars.DIGIT)) {
                four = four * 10 + text.charAt(i) - '0';
                seen++;
            }
        }
        int two = four / 100;
        return two / 10 == 4
                || two / 10 == 6
                || (two >= 50 && two <= 58)
                || (two >= 34 && two <= 39)
                || (four >= 3000 && four <= 3059)
                || (four >= 2200 && four <= 2720)
                || two == 81
                || two == 82;
    }

    /** Whether a number is none of a fraction, of a telephone number with its plus, or of a hash. */
    private static boolean isFree(String text, int start, int end) {
        char before = start == 0 ? ' ' : text.charAt(start - 1);
        boolean fraction = before == '.' && Chars.is(text, start - 2, Chars.DIGIT);
        return !fraction && before != '+' && (isSpaced(text, start, end) || !isOfHex(text, start, end));
    }

    private static boolean isSpaced(String text, int start, int end) {
        int first = Chars.end(text, start, Chars.DIGIT);
        return first < end && text.charAt(first) != '-';
    }

    private static boolean isOfHex(String text, int start, int end) {
        int from = start;
        while (Chars.is(text, from - 1, Chars.HEX)) {
            from--;
        }
        int to = Chars.end(text, end, Chars.HEX);
        boolean wider = from < start || to > end;
        return wider && !Chars.is(text, from - 1, Chars.ALNUM) && !Chars.is(text, to, Chars.ALNUM);
    }

    private static boolean passesLuhn(String text, int start, int end) {
        int sum = 0;
        boolean doubled = false;
        for (int i = end - 1; i >= start; i--) {
            if (Chars.is(text.charAt(i), Chars.DIGIT)) {
                int digit = text.charAt(i) - '0';
                int value = doubled ? digit * 2 : digit;
                sum += value > 9 ? value - 9 : value;
                doubled = !doubled;
            }
        }
        return sum % 10 == 0;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '-' || c == '.' || c == '\u00A0';
    }
}
