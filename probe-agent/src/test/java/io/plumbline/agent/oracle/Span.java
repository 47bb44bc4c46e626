package io.plumbline.agent.oracle;

/**
 * A stretch of a source file, end exclusive. Places are written as javac writes them into its tables: the line, 1-based,
 * shifted by ten bits, and the column, 1-based.
 */
record Span(int start, int end) {

    static int place(long line, long column) {
        return (int) (line << 10 | column);
    }

    /** The line that it starts on. */
    int line() {
        return start >>> 10;
    }

    boolean holds(Span other) {
        return Integer.compareUnsigned(start, other.start) <= 0 && Integer.compareUnsigned(other.end, end) <= 0;
    }

    int size() {
        return end - start;
    }

    @Override
    public String toString() {
        return (start >>> 10) + "," + (start & 1023) + "-" + (end >>> 10) + "," + (end & 1023);
    }
}
