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

/**
 * The program under the tools, which knows none of them: calls a method of one line's work in a loop. Its twin, which no tool is
 * told of, runs in turn with it. It says {@code ready}, waits for a line, measures, and prints the nanoseconds and the bytes that
 * a pass takes more than one of the twin.
 */
final class PeerProgram {
    /** Where the probes sit; {@code total} is in scope. */
    static final int LINE = 109;

    static final String METHOD = "probed";

    private static final int PASSES = 64;
    private static final int ORDERS = 16;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int SLICES = 21;

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

    /** Runs until it has measured, or until its input ends. */
    public static void main(String[] args) throws IOException {
        PeerProgram program = new PeerProgram();
        program.run(SLICE_NANOS, true);
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (in.readLine() != null) {
            System.out.println(program.measured());
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
        Arrays.sort(nanos);
        Arrays.sort(bytes);
        return String.format(Locale.ROOT, "measured %.3f %.1f %.0f", nanos[SLICES / 2], bytes[SLICES / 2], sink % 2);
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
