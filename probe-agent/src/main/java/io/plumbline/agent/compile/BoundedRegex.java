package io.plumbline.agent.compile;

import java.lang.invoke.MethodHandle;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression of a probe. The JDK's matcher can take time exponential in the text's length, and much stack, so
 * the text's length and the number of characters that the matcher looks at are bounded, and a pattern that can branch
 * without looking at any is refused ({@link PatternBranches}). A match that goes over ends in an exception, as any error
 * of an expression does. Each match makes a matcher and a view of the text; run by application threads.
 */
final class BoundedRegex {
    /** What a text can be asked: whether all of it matches, or a part of it. */
    static final Set<String> NAMES = Set.of("matches", "find");

    static final int MAX_TEXT = 4_096;
    static final int MAX_STEPS = 100_000;
    private static final int MAX_PATTERN = 256;
    private static final MethodHandle TEST = Handles.of(BoundedRegex.class, "test", Boolean.class, Object.class);

    private final Pattern pattern;
    private final boolean whole;

    private BoundedRegex(Pattern pattern, boolean whole) {
        this.pattern = pattern;
        this.whole = whole;
    }

    /**
     * @param whole the whole text must match
     * @throws IllegalArgumentException when it is no pattern, or one that can't be bounded
     */
    static BoundedRegex of(String text, boolean whole) {
        if (text.length() > MAX_PATTERN) {
            throw new IllegalArgumentException(
                    "a pattern may have " + MAX_PATTERN + " characters: this has " + text.length());
        }
        try {
            Pattern pattern = Pattern.compile(text);
            PatternBranches.check(text);
            return new BoundedRegex(pattern, whole);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a pattern: " + e.getDescription() + " at character " + (e.getIndex() + 1) + " of " + text, e);
        }
    }

    /** Takes a text as Object; gives a Boolean as Object, null where it is no text. */
    MethodHandle test() {
        return TEST.bindTo(this).asType(java.lang.invoke.MethodType.methodType(Object.class, Object.class));
    }

    private Boolean test(Object value) {
        return value instanceof String text ? matches(text) : null;
    }

    boolean matches(String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalStateException(
                    "a text for a pattern may have " + MAX_TEXT + " characters: this has " + text.length());
        }
        var matcher = pattern.matcher(new Counted(text));
        try {
            return whole ? matcher.matches() : matcher.find();
        } catch (StackOverflowError e) {
            throw new IllegalStateException("the pattern needs more stack than there is: " + pattern);
        }
    }

    /** A text that counts how often it is looked at. */
    private final class Counted implements CharSequence {
        private final String text;
        private int steps;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps > MAX_STEPS) {
                throw new IllegalStateException(
                        "the pattern takes more than " + MAX_STEPS + " steps for this text: " + pattern);
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
