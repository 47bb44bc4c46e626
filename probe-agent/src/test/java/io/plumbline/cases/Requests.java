package io.plumbline.cases;

import java.util.ArrayList;
import java.util.List;

/** Requests that pass several lines. */
public final class Requests {
    /** What the lines themselves have measured, in nanoseconds. */
    private final List<Long> took = new ArrayList<>();

    private long sink;

    /** One way through A, B and C, with some work between. */
    public void pass(String order, int work) {
        long start = System.nanoTime();
        begin(order);
        sink += work(work);
        long middle = System.nanoTime();
        took.add(middle - start);
        arrive(order, work);
        sink += work(work);
        end(order);
    }

    /** Comes to A again and again, and to B at last. */
    public void retry(String order, int attempts) {
        for (int i = 0; i < attempts; i++) {
            begin(order);
            sink += work(50);
        }
        arrive(order, attempts);
    }

    /** Never comes to B. */
    public void lose(String order) {
        begin(order);
    }

    void begin(String order) {
        sink += order.length();
    }

    void arrive(String order, int number) {
        sink += order.length() + number;
    }

    void end(String order) {
        sink += order.length();
    }

    private static long work(int rounds) {
        long value = rounds;
        for (int i = 0; i < rounds * 100; i++) {
            value = value * 31 + i;
        }
        return value;
    }

    /** From A to B, as the program measured it; one for each pass. */
    public List<Long> took() {
        return took;
    }

    /** Keeps the work from being optimised away. */
    public long sink() {
        return sink;
    }
}
