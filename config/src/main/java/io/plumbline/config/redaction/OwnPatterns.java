package io.plumbline.config.redaction;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A deployment's regular expression for what must not leave. It cannot run away: where it takes more steps than its text
 * allows, or more stack than there is, the whole text is hidden.
 */
final class OwnPatterns {
    private static final int STEPS_PER_CHARACTER = 200;
    private static final int MIN_STEPS = 2_000;

    private final Pattern pattern;

    /** Thrown by a text that was read too often. */
    private static final class OutOfSteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final OutOfSteps INSTANCE = new OutOfSteps();

        private OutOfSteps() {
            super("out of steps", null, false, false);
        }
    }

    /** A text that counts how often the matcher looks at it. */
    private static final class Bounded implements CharSequence {
        private final CharSequence text;
        private int stepsLeft;

        Bounded(CharSequence text) {
            this.text = text;
            this.stepsLeft = MIN_STEPS + STEPS_PER_CHARACTER * text.length();
        }

        @Override
        public char charAt(int index) {
            if (--stepsLeft < 0) {
                throw OutOfSteps.INSTANCE;
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private OwnPatterns(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * @param setting where it stands, for errors
     * @throws IllegalArgumentException when it is no regular expression, or finds the empty text
     */
    static OwnPatterns of(String setting, String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    setting + " must be a regular expression of Java: " + e.getDescription() + " at index "
                            + e.getIndex() + " of " + expression,
                    e);
        }
        OwnPatterns patterns = new OwnPatterns(pattern);
        if (patterns.pattern.matcher("").find()) {
            throw new IllegalArgumentException(
                    setting + " must not find the empty text, for that is everywhere: " + expression);
        }
        return patterns;
    }

    /** Adds what is found. */
    void find(String text, List<Span> found) {
        int before = found.size();
        try {
            Matcher matcher = pattern.matcher(new Bounded(text));
            while (matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    found.add(new Span(matcher.start(), matcher.end()));
                }
            }
        } catch (OutOfSteps | StackOverflowError e) {
            found.subList(before, found.size()).clear();
            if (!text.isEmpty()) {
                found.add(new Span(0, text.length()));
            }
        }
    }
}
