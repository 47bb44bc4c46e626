package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.agent.capture.gate.ProbeTap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs what a hit runs some hundred times, so that the JIT has compiled it before the program comes by a line that it reaches
 * rarely: in the interpreter a record takes twenty times as long, and the JDK makes code for its method handles on the thread
 * that uses them often.
 *
 * <p>The records go into a ring of its own: nobody reads, counts or pays for them. It stops short of the number at which the JIT
 * compiles for good, so that the optimised code is made from what the program's own hits do.
 *
 * <p>One thread of the agent's, which rests for most of the time and ends by itself.
 */
final class WarmUp implements Runnable {
    /**
     * HotSpot's first compiler takes what ran two hundred times, or some times as often while it has much to do; its second what ran
     * five thousand times.
     */
    static final int ROUNDS = 1_500;

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long REST_MILLIS = 9;

    /** Of all slices together: where the machine is slow, less must do. */
    private static final int MAX_SLICES = 80;

    private final ProbeTap tap;
    private final LogEntries records;
    private final SignalRing ring;
    private final BooleanSupplier isWanted;
    private final Sample sample = new Sample();

    /**
     * @param tap a gate whose budget is no matter
     * @param records of the tap's probe
     * @param ring that they go into
     * @param isWanted whether there is a probe still
     */
    WarmUp(ProbeTap tap, LogEntries records, SignalRing ring, BooleanSupplier isWanted) {
        this.tap = tap;
        this.records = records;
        this.ring = ring;
        this.isWanted = isWanted;
    }

    @Override
    public void run() {
        try {
            int rounds = 0;
            for (int i = 0; i < MAX_SLICES && rounds < ROUNDS && isWanted.getAsBoolean(); i++) {
                long end = System.nanoTime() + SLICE_NANOS;
                do {
                    hit(rounds++);
                } while (rounds < ROUNDS && System.nanoTime() - end < 0);
                Thread.sleep(REST_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError e) {
            // the program needs it more; without this hits are dearer, and nothing else
        }
    }

    /** What the generated code of a probe does at its line. */
    private void hit(int number) {
        Lane lane = tap.isOpen() ? tap.enter() : null;
        if (lane != null && (!tap.hasLimits() || tap.admit(lane))) {
            LogEntry entry = records.claim(lane);
            if (entry != null) {
                sample.write(entry, number);
                entry.commit();
            }
            lane.leave(entry != null);
        }
        ring.drain(slot -> {}, 1);
    }
}
