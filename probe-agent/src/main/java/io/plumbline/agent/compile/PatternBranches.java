package io.plumbline.agent.compile;

/**
 * Bounds what a matcher does without looking at a character: the ways in which the pattern, or a part it begins with, can
 * match the empty text. {@code (a|b|)} twenty times over has a million, which no count of characters would see. Reads
 * groups, alternatives and quantifiers of {@link java.util.regex.Pattern}'s syntax; all else is one atom.
 */
final class PatternBranches {
    private static final int MAX = 500;
    private static final int MAX_ROUNDS = 1_000;

    private final String text;
    private int at;

    private PatternBranches(String text) {
        this.text = text;
    }

    /**
     * @param empty ways to match the empty text
     * @param visits steps at most before a character is looked at, or none is needed
     */
    private record Ways(double empty, double visits) {
        static final Ways CHARACTER = new Ways(0, 1);
        static final Ways NOTHING = new Ways(1, 1);

        Ways then(Ways next) {
            return new Ways(empty * next.empty, visits + empty * next.visits);
        }

        Ways or(Ways other) {
            return new Ways(empty + other.empty, visits + other.visits);
        }
    }

    /**
     * @param pattern one that the JDK took
     * @throws IllegalArgumentException when it has too many ways
     */
    static void check(String pattern) {
        double visits = new PatternBranches(pattern).alternatives().visits();
        if (!(visits <= MAX)) {
            throw new IllegalArgumentException("the pattern can match nothing in too many ways to be bounded: "
                    + pattern + "; take alternatives and quantifiers that match the empty text out of it");
        }
    }

    private Ways alternatives() {
        Ways ways = sequence();
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            ways = ways.or(sequence());
        }
        return ways;
    }

    private Ways sequence() {
        Ways ways = Ways.NOTHING;
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            ways = ways.then(quantified(atom()));
        }
        return ways;
    }

    private Ways atom() {
        char c = text.charAt(at++);
        switch (c) {
            case '(':
                return group();
            case '[':
                skipClass();
                return Ways.CHARACTER;
            case '\\':
                return escape();
            case '^', '$':
                return Ways.NOTHING;
            default:
                return Ways.CHARACTER;
        }
    }

    private Ways group() {
        boolean looks = text.startsWith("?", at) && head();
        Ways inner = alternatives();
        at++;
        return looks ? new Ways(1, inner.visits()) : inner;
    }

    /** Skips what stands between the bracket and the group's pattern; whether the group only looks around. */
    private boolean head() {
        at++;
        boolean behind = text.startsWith("<=", at) || text.startsWith("<!", at);
        if (behind || text.startsWith("=", at) || text.startsWith("!", at)) {
            at += behind ? 2 : 1;
            return true;
        }
        if (text.startsWith("<", at)) {
            at = text.indexOf('>', at) + 1;
            return false;
        }
        int end = at;
        while (":>)".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (text.substring(at, end).contains("x")) {
            throw new IllegalArgumentException("a pattern with comments, (?x), is not taken");
        }
        at = text.charAt(end) == ')' ? end : end + 1;
        return false;
    }

    private Ways escape() {
        char c = at < text.length() ? text.charAt(at++) : '\\';
        if (c == 'Q') {
            int end = text.indexOf("\\E", at);
            boolean empty = end == at;
            at = end < 0 ? text.length() : end + 2;
            return empty ? Ways.NOTHING : Ways.CHARACTER;
        }
        if ((c == 'p' || c == 'P' || c == 'x' || c == 'N') && at < text.length() && text.charAt(at) == '{') {
            at = text.indexOf('}', at) + 1;
        }
        if (c == 'k') {
            at = text.indexOf('>', at) + 1;
        }
        return "bBAGZzkE".indexOf(c) >= 0 || Character.isDigit(c) ? Ways.NOTHING : Ways.CHARACTER;
    }

    private void skipClass() {
        for (int depth = 1; depth > 0 && at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at = text.startsWith("\\Q", at) && text.indexOf("\\E", at) > 0 ? text.indexOf("\\E", at) + 1 : at + 1;
            } else if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth--;
            }
        }
    }

    private Ways quantified(Ways atom) {
        Ways ways = atom;
        while (at < text.length() && "*+?{".indexOf(text.charAt(at)) >= 0) {
            char c = text.charAt(at++);
            if (c == '{') {
                int end = text.indexOf('}', at);
                ways = counted(ways, text.substring(at, end));
                at = end + 1;
            } else {
                // a loop ends with a round that matched nothing
                ways = c == '+' ? new Ways(2 * ways.empty(), 2 * ways.visits()) : Ways.NOTHING.or(ways);
            }
            boolean suffix = at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == '+');
            at += suffix ? 1 : 0;
        }
        return ways;
    }

    private static Ways counted(Ways atom, String range) {
        int comma = range.indexOf(',');
        double least = Double.parseDouble(comma < 0 ? range : range.substring(0, comma));
        Ways ways = Ways.NOTHING;
        for (int i = 0; i < Math.min(least, MAX_ROUNDS); i++) {
            ways = ways.then(atom);
        }
        return comma < 0 ? ways : ways.then(Ways.NOTHING.or(atom));
    }
}
