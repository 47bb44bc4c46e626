package io.plumbline.agent.bridge;

/**
 * What one thread has at one probe, from {@link Tap#enter} to {@link #leave}: how many hits this one stands for, and the
 * thread's own part of the probe's numbers, so that no two threads write the same memory.
 *
 * <p>Called by the thread that entered. Nothing here blocks, allocates or throws.
 */
public abstract class Lane {

    /** Whether {@link #begin} is to be called before anything else. */
    public abstract boolean isDue();

    /** Some hits have gone by: what they cost is charged, and how the next are dealt with is chosen. */
    public abstract void begin();

    /** How many hits this one stands for; at least 1. */
    public abstract long weight();

    /** Adds to the counter of an action without labels. */
    public abstract void add(int action, long value);

    /** Adds to the counter of an action without labels. */
    public abstract void add(int action, double value);

    /** Puts a value into the histogram of an action without labels. */
    public abstract void observe(int action, double value);

    /** The condition did not hold, so the hit ends here. */
    public abstract void pass();

    /** The hit ends but for {@link #settle}; one that emitted nothing does not count against the hit limit. */
    public abstract void leave(boolean emitted);

    /** Whether {@link #settle} is to be called after {@link #leave}. */
    public abstract boolean isUnsettled();

    /** The hit was timed, or stood for others. */
    public abstract void settle();
}
