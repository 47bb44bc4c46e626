package io.plumbline.benchmarks.footprint;

import java.io.IOException;

/**
 * The program that is measured: says when it began, and then ends, or waits. Names nothing of the benchmarks, and loads
 * nothing that it does not need.
 */
final class SmallProgram {
    private static final int COLLECTIONS = 3;

    private SmallProgram() {}

    /**
     * @param args anything, to stay until standard input ends; each byte of it is answered with the bytes of heap in use
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println(System.currentTimeMillis());
        if (args.length > 0) {
            answer();
        }
    }

    /** Answers each byte of standard input, until that ends. */
    static void answer() throws IOException, InterruptedException {
        while (System.in.read() >= 0) {
            System.out.println(heap());
        }
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            Thread.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
