package io.plumbline.config.text;

/** Texts with {@code *}, which stands for any text, also none. */
public final class Glob {
    private Glob() {}

    /** Goes back to the last {@code *} only, so that no pattern takes longer than both lengths multiplied. */
    public static boolean matches(String pattern, String value) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(value);
        }
        int p = 0;
        int v = 0;
        int star = -1;
        int starValue = 0;
        while (v < value.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starValue = v;
            } else if (p < pattern.length() && pattern.charAt(p) == value.charAt(v)) {
                p++;
                v++;
            } else if (star >= 0) {
                p = star + 1;
                v = ++starValue;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }

    /** Whether some text matches both patterns. */
    public static boolean overlap(String one, String other) {
        // reached[j]: what was read of one and the first j of other can stand for the same text
        boolean[] reached = new boolean[other.length() + 1];
        reached[0] = true;
        spread(reached, other);
        for (int i = 0; i < one.length(); i++) {
            boolean[] next = new boolean[reached.length];
            char c = one.charAt(i);
            for (int j = 0; j < reached.length; j++) {
                if (reached[j]) {
                    step(c, other, j, next);
                }
            }
            if (c == '*') {
                for (int j = 1; j < next.length; j++) {
                    next[j] |= next[j - 1];
                }
            }
            spread(next, other);
            reached = next;
        }
        return reached[other.length()];
    }

    private static void step(char c, String other, int j, boolean[] next) {
        boolean isStar = j < other.length() && other.charAt(j) == '*';
        if (c == '*' || isStar) {
            next[j] = true;
        }
        if (c != '*' && j < other.length() && other.charAt(j) == c) {
            next[j + 1] = true;
        }
    }

    /** A star may stand for nothing. */
    private static void spread(boolean[] reached, String other) {
        for (int j = 0; j < other.length(); j++) {
            if (reached[j] && other.charAt(j) == '*') {
                reached[j + 1] = true;
            }
        }
    }
}
