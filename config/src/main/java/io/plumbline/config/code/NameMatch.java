package io.plumbline.config.code;

import java.util.Locale;

/**
 * How well a class's name fits what a person types to find it, as development environments have it: the whole name, its beginning, the
 * beginnings of its humps ({@code OrSe} or {@code os} for {@code OrderService}), or a part of it. A query with a dot is one of the full
 * name: what stands in front of the last dot is to be in the package, {@code shop.Ord}.
 *
 * <p>Immutable; any thread. Makes no objects for a name that it looks at, as there are tens of thousands.
 */
public final class NameMatch {
    /** Fits not at all. */
    public static final int NONE = Integer.MAX_VALUE;

    private static final int WHOLE = 0;
    private static final int START = 1;
    private static final int HUMPS_FROM_START = 2;
    private static final int HUMPS = 3;
    private static final int AT_HUMP = 4;
    private static final int PART = 5;
    private static final int OF_CASE = 6;

    /** Longer queries are no first letters of humps. */
    private static final int MAX_HUMPS = 60;

    private final String folder;
    private final String simple;

    /** @param query without a file's ending */
    public NameMatch(String query) {
        String trimmed = query.strip().replace('/', '.').replace('$', '.');
        int dot = trimmed.lastIndexOf('.');
        this.folder = dot < 0 ? "" : trimmed.substring(0, dot).toLowerCase(Locale.ROOT);
        this.simple = trimmed.substring(dot + 1);
    }

    /** Whether everything fits. */
    public boolean isEmpty() {
        return folder.isEmpty() && simple.isEmpty();
    }

    /** Whether the query has a package in it. */
    public boolean isQualified() {
        return !folder.isEmpty();
    }

    /**
     * The smaller, the better; {@link #NONE} for not at all.
     *
     * @param name binary name of a class
     * @param from where in it the simple name begins
     * @param to where it ends
     */
    public int of(String name, int from, int to) {
        if (!folder.isEmpty() && !containsIgnoringCase(name, from)) {
            return NONE;
        }
        int length = simple.length();
        if (length == 0) {
            return START;
        }
        if (to - from < length) {
            return NONE;
        }
        if (name.regionMatches(true, from, simple, 0, length)) {
            int of = to - from == length ? WHOLE : START;
            return name.startsWith(simple, from) ? of : of + OF_CASE;
        }
        return within(name, from, to);
    }

    private int within(String name, int from, int to) {
        if (humps(name, from, to, true)) {
            return HUMPS_FROM_START;
        }
        if (humps(name, from + 1, to, false)) {
            return HUMPS;
        }
        int part = NONE;
        for (int i = from + 1; part != AT_HUMP && i + simple.length() <= to; i++) {
            if (name.regionMatches(true, i, simple, 0, simple.length())) {
                part = isHump(name, i) ? AT_HUMP : PART;
            }
        }
        return part;
    }

    /**
     * Whether the query is made of beginnings of humps, in their order. One pass over the name: how much of the query may have been
     * found is kept as bits, so that no name and no query takes long.
     *
     * @param anchored whether the first hump has to be the one at the start
     */
    private boolean humps(String name, int from, int to, boolean anchored) {
        if (simple.length() > MAX_HUMPS) {
            return false;
        }
        long whole = 1L << simple.length();
        long before = 1; // found up to some hump before
        long inRow = 0; // found up to the character before
        for (int at = from; at < to; at++) {
            boolean isStart = at == from && anchored;
            long begun = isStart || isHump(name, at) ? before | inRow : inRow;
            before = (at == from && anchored ? 0 : before) | inRow;
            inRow = next(begun, name.charAt(at));
            if ((inRow & whole) != 0) {
                return true;
            }
        }
        return false;
    }

    private long next(long begun, char character) {
        long found = 0;
        for (long left = begun; left != 0; left &= left - 1) {
            int done = Long.numberOfTrailingZeros(left);
            if (done < simple.length() && same(character, simple.charAt(done))) {
                found |= 1L << done + 1;
            }
        }
        return found;
    }

    private static boolean same(char a, char b) {
        return a == b || Character.toLowerCase(a) == Character.toLowerCase(b);
    }

    private static boolean isHump(String name, int at) {
        char here = name.charAt(at);
        char before = name.charAt(at - 1);
        return Character.isUpperCase(here) && !Character.isUpperCase(before)
                || Character.isDigit(here) && !Character.isDigit(before)
                || before == '_'
                || before == '$'
                || Character.isUpperCase(here) && at + 1 < name.length() && Character.isLowerCase(name.charAt(at + 1));
    }

    private boolean containsIgnoringCase(String name, int to) {
        for (int i = 0; i + folder.length() <= to; i++) {
            if (name.regionMatches(true, i, folder, 0, folder.length())) {
                return true;
            }
        }
        return false;
    }
}
