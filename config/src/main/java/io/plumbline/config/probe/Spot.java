package io.plumbline.config.probe;

import java.util.Objects;
import java.util.Optional;

/** The kind of place that a location means within its class or method. */
public sealed interface Spot {

    /** Whether it makes sense for a named method only. */
    default boolean needsMethod() {
        return false;
    }

    /** The exception's type that is asked for, by full or simple name; empty for any, and where there is none. */
    default Optional<String> exception() {
        return Optional.empty();
    }

    /**
     * Arrivals at a line.
     *
     * @param number 1-based
     */
    record Line(int number) implements Spot {
        private static final int MAX = 65_535;

        public Line {
            if (number < 1 || number > MAX) {
                throw new IllegalArgumentException("the line must be from 1 to " + MAX + ": " + number);
            }
        }

        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }

    /** A call of the method, before anything of it has run. */
    record Entry() implements Spot {
        @Override
        public boolean needsMethod() {
            return true;
        }

        @Override
        public String toString() {
            return "entry";
        }
    }

    /** A return from the method; {@code $return} is its value. */
    record Exit() implements Spot {
        @Override
        public boolean needsMethod() {
            return true;
        }

        @Override
        public String toString() {
            return "exit";
        }
    }

    /** The method's end by an exception that it does not catch, thrown by itself or by what it called. */
    record Escape(@Override Optional<String> exception) implements Spot {
        public Escape {
            Objects.requireNonNull(exception, "exception");
        }

        @Override
        public boolean needsMethod() {
            return true;
        }

        @Override
        public String toString() {
            return "exception" + bracketed(exception);
        }
    }

    /** A {@code throw} statement. */
    record Throw(@Override Optional<String> exception) implements Spot {
        public Throw {
            Objects.requireNonNull(exception, "exception");
        }

        @Override
        public String toString() {
            return "throw" + bracketed(exception);
        }
    }

    /** The beginning of a {@code catch} block, an empty one too. */
    record Catch(@Override Optional<String> exception) implements Spot {
        public Catch {
            Objects.requireNonNull(exception, "exception");
        }

        @Override
        public String toString() {
            return "catch" + bracketed(exception);
        }
    }

    private static String bracketed(Optional<String> exception) {
        return exception.map(type -> "(" + type + ")").orElse("");
    }
}
