package io.plumbline.agent.control;

import java.io.File;
import java.util.function.LongSupplier;

/**
 * The switch on the host, for when Kafka is away: while a file is there, all probes of this instance are off.
 *
 * <p>The file is neither opened nor written, and nothing but its being there counts. So whoever may make a file of that
 * name can switch off and do no more; the agent needs no right on it.
 *
 * <p>Used by the control thread only.
 */
public final class OffFile {
    private static final long LOOK_NANOS = 500_000_000L;

    private final File file;
    private final LongSupplier nanoTime;
    private boolean looked;
    private long lookedNanos;
    private boolean there;

    public OffFile(File file) {
        this(file, System::nanoTime);
    }

    /**
     * @param nanoTime tells when to look again
     */
    OffFile(File file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
    }

    /** Where the agent looks when nothing else is set. */
    public static File usual(String folder, long pid) {
        return new File(folder, "plumbline-" + pid + ".off");
    }

    /** Looks, twice a second at most. Returns whether it came or went since the last look. */
    boolean hasChanged() {
        long now = nanoTime.getAsLong();
        if (looked && now - lookedNanos < LOOK_NANOS) {
            return false;
        }
        looked = true;
        lookedNanos = now;
        boolean before = there;
        there = file.exists();
        return there != before;
    }

    /** Whether the file was there at the last look. */
    boolean isThere() {
        return there;
    }

    String reason() {
        return "switched off on its host, by the file " + file + "; remove the file to switch on again";
    }
}
