package io.plumbline.config.redaction;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds secrets in texts in one pass, without allocation where there is none. Nothing in it looks back or ahead without a
 * bound, so its time grows with the text's length only.
 */
final class SecretFinder {
    private static final byte NOTHING = 0;
    private static final byte DIGIT = 1;
    private static final byte SIGN = 2;
    private static final byte TOKEN = 3;
    private static final byte[] TRIGGERS = triggers();

    private final Assignments assignments;
    /** Null where the deployment has none. */
    private final OwnPatterns own;

    /**
     * @param hiddenNames whether a name is hidden
     * @param own null for none
     */
    SecretFinder(NameMemory hiddenNames, OwnPatterns own) {
        this.assignments = new Assignments(hiddenNames);
        this.own = own;
    }

    private static byte[] triggers() {
        byte[] triggers = new byte[128];
        for (char c = 0; c < triggers.length; c++) {
            triggers[c] = Chars.is(c, Chars.DIGIT)
                    ? DIGIT
                    : c == '=' || c == ':' ? SIGN : Tokens.mayBeginWith(c) ? TOKEN : NOTHING;
        }
        return triggers;
    }

    /** The secrets in their order, none overlapping another; the same empty list where there is none. */
    List<Span> find(String text, boolean cutAtEnd) {
        List<Span> found = null;
        int length = text.length();
        int at = 0;
        while (at < length) {
            char c = text.charAt(at);
            byte trigger = c < 128 ? TRIGGERS[c] : NOTHING;
            if (trigger == NOTHING) {
                at++;
            } else if (trigger == DIGIT) {
                int end = Cards.runEnd(text, at);
                found = cards(text, at, end, cutAtEnd, found);
                at = end;
            } else {
                Span span = trigger == SIGN ? assignments.at(text, at, cutAtEnd) : Tokens.at(text, at, cutAtEnd);
                found = span == null ? found : added(found, span);
                at = span == null ? at + 1 : span.end();
            }
        }
        return withOwn(text, found);
    }

    private static List<Span> cards(String text, int from, int to, boolean cutAtEnd, List<Span> found) {
        if (to - from <= Cards.ISSUER_DIGITS) {
            return found;
        }
        return Cards.find(text, from, to, cutAtEnd, found);
    }

    private static List<Span> added(List<Span> found, Span span) {
        List<Span> all = found == null ? new ArrayList<>() : found;
        all.add(span);
        return all;
    }

    private List<Span> withOwn(String text, List<Span> found) {
        if (own == null) {
            return found == null ? List.of() : found;
        }
        List<Span> all = found == null ? new ArrayList<>(0) : found;
        own.find(text, all);
        return Span.merged(all);
    }
}
