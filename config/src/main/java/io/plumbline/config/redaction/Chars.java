package io.plumbline.config.redaction;

/** Kinds of characters, by a table for ASCII; every other character is of no kind. */
final class Chars {
    static final int DIGIT = 1;
    static final int UPPER = 2;
    static final int LOWER = 4;
    static final int HEX = 8;
    /** Base64's alphabet for URLs without padding (RFC 4648 §5). */
    static final int URL64 = 16;
    /** What a token in an Authorization header is made of (RFC 6750 §2.1), which is base64 and a little more. */
    static final int TOKEN = 32;
    /** What names in texts are made of: {@code db.password}, {@code X-Api-Key}, {@code access_token}. */
    static final int NAME = 64;

    static final int ALNUM = DIGIT | UPPER | LOWER;

    /** Stands where a text was cut. */
    static final char CUT = '…';

    private static final byte[] KINDS = kinds();

    private Chars() {}

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (char c = 0; c < kinds.length; c++) {
            boolean digit = c >= '0' && c <= '9';
            boolean upper = c >= 'A' && c <= 'Z';
            boolean lower = c >= 'a' && c <= 'z';
            boolean alnum = digit || upper || lower;
            boolean hex = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            kinds[c] = (byte) ((digit ? DIGIT : 0)
                    | (upper ? UPPER : 0)
                    | (lower ? LOWER : 0)
                    | (hex ? HEX : 0)
                    | (alnum || c == '-' || c == '_' ? URL64 : 0)
                    | (alnum || "-._~+/=".indexOf(c) >= 0 ? TOKEN : 0)
                    | (alnum || "-._$".indexOf(c) >= 0 ? NAME : 0));
        }
        return kinds;
    }

    static boolean is(char c, int kinds) {
        return c < 128 && (KINDS[c] & kinds) != 0;
    }

    /** Whether there is a character at a place and it is of a kind. */
    static boolean is(String text, int at, int kinds) {
        return at >= 0 && at < text.length() && is(text.charAt(at), kinds);
    }

    /** The first place from which a text is no more of a kind. */
    static int end(String text, int from, int kinds) {
        int end = from;
        while (end < text.length() && is(text.charAt(end), kinds)) {
            end++;
        }
        return end;
    }

    /** Whether the text was cut at a place. */
    static boolean isCut(String text, int at, boolean cutAtEnd) {
        return at < text.length() ? text.charAt(at) == CUT : cutAtEnd;
    }
}
