package io.plumbline.config.redaction;

import java.util.Set;

/**
 * Finds values in texts that stand behind a hidden name: {@code password=…} in properties, query strings and connection
 * strings, {@code "password": "…"} in JSON, {@code Authorization: …} in headers; and the password of {@code
 * scheme://user:password@host}.
 *
 * <p>The bargain: an unquoted value ends at a space, so of a passphrase in prose only the first word is hidden.
 */
final class Assignments {
    private static final int MAX_NAME = 64;
    private static final int MAX_AUTHORITY = 512;
    private static final String VALUE_ENDS = "&;,\"'`<>)]}\n\r\t " + Chars.CUT;
    private static final String AUTHORITY_ENDS = "/?#\"'<>,;\n\r\t " + Chars.CUT;
    /** Ordinary words before a colon: "unexpected token: ;". */
    private static final Set<String> PROSE = Set.of("token", "pin", "pan", "auth", "otp");

    private final NameMemory hiddenNames;
    private final NameMemory prose = new NameMemory(name -> PROSE.contains(HiddenNames.joined(name)));
    private final NameMemory wholeLine = new NameMemory(Assignments::isWholeLine);

    /**
     * @param hiddenNames whether a name is hidden
     */
    Assignments(NameMemory hiddenNames) {
        this.hiddenNames = hiddenNames;
    }

    /** The value behind the sign at a place, or null. */
    Span at(String text, int sign, boolean cutAtEnd) {
        boolean colon = text.charAt(sign) == ':';
        if (colon && text.startsWith("//", sign + 1)) {
            return password(text, sign + 3, cutAtEnd);
        }
        int nameEnd = nameEnd(text, sign);
        boolean quoted = nameEnd < sign && isQuote(text.charAt(nameEnd));
        int nameStart = nameStart(text, nameEnd);
        if (nameStart == nameEnd || !hiddenNames.test(text, nameStart, nameEnd)) {
            return null;
        }
        if (colon && !quoted && prose.test(text, nameStart, nameEnd)) {
            return null;
        }
        return value(text, sign + 1, colon && wholeLine.test(text, nameStart, nameEnd));
    }

    /** Where the name before a sign ends: behind it may stand a quote and a space. */
    private static int nameEnd(String text, int sign) {
        int end = sign;
        if (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return end > 0 && isQuote(text.charAt(end - 1)) ? end - 1 : end;
    }

    private static int nameStart(String text, int end) {
        int start = end;
        while (end - start < MAX_NAME && Chars.is(text, start - 1, Chars.NAME)) {
            start--;
        }
        return start;
    }

    private static boolean isWholeLine(String name) {
        String joined = HiddenNames.joined(name);
        return joined.endsWith("authorization") || joined.endsWith("cookie");
    }

    private static Span value(String text, int from, boolean line) {
        int start = from < text.length() && text.charAt(from) == ' ' ? from + 1 : from;
        if (start >= text.length() || text.charAt(start) == '=') {
            return null;
        }
        char first = text.charAt(start);
        if (isQuote(first)) {
            return span(text, start + 1, quoteEnd(text, start + 1, first));
        }
        if (first == '{' || first == '[') {
            return span(text, start, bracketEnd(text, start));
        }
        return span(text, start, plainEnd(text, start, line ? "\"\n\r" + Chars.CUT : VALUE_ENDS));
    }

    private static Span span(String text, int start, int end) {
        boolean hiddenAlready = end - start == Redaction.HIDDEN.length() && text.startsWith(Redaction.HIDDEN, start);
        return end <= start || hiddenAlready ? null : new Span(start, end);
    }

    private static int quoteEnd(String text, int from, char quote) {
        int end = from;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end, text.length());
    }

    private static int bracketEnd(String text, int from) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static int plainEnd(String text, int from, String ends) {
        int end = from;
        while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /** Between the colon and the last at sign of an authority (RFC 3986 §3.2.1). */
    private static Span password(String text, int from, boolean cutAtEnd) {
        int limit = Math.min(text.length(), from + MAX_AUTHORITY);
        int colon = -1;
        int at = -1;
        int end = from;
        while (end < limit && AUTHORITY_ENDS.indexOf(text.charAt(end)) < 0) {
            char c = text.charAt(end);
            colon = c == ':' && colon < 0 ? end : colon;
            at = c == '@' ? end : at;
            end++;
        }
        if (colon < 0 || (at >= 0 && at < colon)) {
            return null;
        }
        boolean cutBeforeHost = at < 0 && Chars.isCut(text, end, cutAtEnd) && !isPort(text, colon + 1, end);
        return at >= 0 ? span(text, colon + 1, at) : cutBeforeHost ? span(text, colon + 1, end) : null;
    }

    private static boolean isPort(String text, int from, int to) {
        return to - from <= 5 && Chars.end(text, from, Chars.DIGIT) >= to;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }
}
