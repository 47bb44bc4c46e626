package io.plumbline.benchmarks.peers;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The program under the tools, which knows none of them: calls a method of one line's work in a loop. Its twin, which no tool is
 * told of, runs in turn with it. It says {@code ready}, waits for a line, measures, and prints the nanoseconds and the bytes that
 * a pass takes more than one of the twin. With a pace it calls both so many times a second, times each call for itself, and
 * prints the medians.
 */
final class PeerProgram {
    /** Where the probes sit; {@code total} is in scope. */
    static final int LINE = 151;

    static final String METHOD = "probed";

    private static final int PASSES = 64;
    private static final int ORDERS = 16;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int SLICES = 21;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PACED_WARM_UP = 2_000;
    private static final int PACED = 2_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Item[] items = new Item[ORDERS];
    private double sink;

    /** What the probed method works on. */
    record Item(String id, double price, int quantity, double discount) {}

    /** What a slice took for each of its passes. */
    private record Slice(double nanos, double bytes) {}

    private PeerProgram() {
        for (int i = 0; i < ORDERS; i++) {
            items[i] = new Item("o-" + i, 0.5 + i % 7, 1 + i % 9, i % 5 / 100.0);
        }
    }

    /**
     * Runs until it has measured, or until its input ends.
     *
     * @param args passes a second; 0 for as many as there can be
     */
    public static void main(String[] args) throws IOException {
        int pace = Integer.parseInt(args[0]);
        PeerProgram program = new PeerProgram();
        program.run(SLICE_NANOS, true);
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (in.readLine() != null) {
            System.out.println(pace == 0 ? program.measured() : program.measured(pace));
        }
    }

    private String measured() {
        for (long until = System.nanoTime() + WARM_UP_NANOS; System.nanoTime() < until; ) {
            run(SLICE_NANOS, true);
            run(SLICE_NANOS, false);
        }
        double[] nanos = new double[SLICES];
        double[] bytes = new double[SLICES];
        for (int i = 0; i < SLICES; i++) {
            Slice probed = run(SLICE_NANOS, true);
            Slice free = run(SLICE_NANOS, false);
            nanos[i] = probed.nanos - free.nanos;
            bytes[i] = probed.bytes - free.bytes;
        }
        return answer(nanos, bytes);
    }

    private String measured(int pace) {
        for (int i = 0; i < PACED_WARM_UP; i++) {
            call(i, true);
            LockSupport.parkNanos(SECOND_NANOS / pace);
        }
        double[] nanos = new double[PACED];
        double[] bytes = new double[PACED];
        for (int i = 0; i < PACED; i++) {
            LockSupport.parkNanos(SECOND_NANOS / pace);
            Slice free = call(i, false);
            Slice probed = call(i, true);
            nanos[i] = probed.nanos - free.nanos;
            bytes[i] = probed.bytes - free.bytes;
        }
        return answer(nanos, bytes);
    }

    private Slice call(int number, boolean probed) {
        Item item = items[number % ORDERS];
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        long began = System.nanoTime();
        sink += probed ? probed(item) : free(item);
        double took = System.nanoTime() - began;
        return new Slice(
                took, THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated);
    }

    private String answer(double[] nanos, double[] bytes) {
        Arrays.sort(nanos);
        Arrays.sort(bytes);
        return String.format(
                Locale.ROOT, "measured %.3f %.1f %.0f", nanos[nanos.length / 2], bytes[bytes.length / 2], sink % 2);
    }

    private Slice run(long within, boolean probed) {
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        long began = System.nanoTime();
        long passes = 0;
        long took;
        do {
            sink += probed ? probedPasses() : freePasses();
            passes += PASSES;
            took = System.nanoTime() - began;
        } while (took < within);
        double bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        return new Slice((double) took / passes, bytes / passes);
    }

    private double probedPasses() {
        double sum = 0;
        for (int i = 0; i < PASSES; i++) {
            sum += probed(items[i % ORDERS]);
        }
        return sum;
    }

    private double freePasses() {
        double sum = 0;
        for (int i = 0; i < PASSES; i++) {
            sum += free(items[i % ORDERS]);
        }
        return sum;
    }

    /** Has one line for the probes. */
    static double probed(Item item) {
        double total = item.price * item.quantity;
        return total - total * item.discount;
    }

    /** The same without a probe. */
    static double free(Item item) {
        double total = item.price * item.quantity;
        return total - total * item.discount;
    }
}
