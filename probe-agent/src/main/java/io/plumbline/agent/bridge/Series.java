package io.plumbline.agent.bridge;

/**
 * The time series of one metric action: a tree with one level for each label, in the order of the definition. Shared by
 * all application threads.
 */
public abstract class Series {

    /** A probe with this series has a site in a class. Called when a site's code is made, by any thread. */
    public abstract void seenFrom(Class<?> type);

    /** The branch for a label's value; over the cap on label combinations, the overflow series. */
    public abstract Series child(Object value);

    /** The branch for a label's value. */
    public abstract Series child(long value);

    /** The branch for a label's value. */
    public abstract Series child(double value);

    /** The branch for a label's value. */
    public abstract Series child(boolean value);

    /** The branch for a label's value. */
    public abstract Series child(char value);

    /** So many more hits. */
    public abstract void increment(long weight);

    /**
     * A whole number: added, set or distributed, as the metric's kind is.
     *
     * @param weight how often
     */
    public abstract void record(long value, long weight);

    /**
     * A number: added, set or distributed, as the metric's kind is.
     *
     * @param weight how often
     */
    public abstract void record(double value, long weight);

    /** The value met a null on its way, so there is no point for this hit. */
    public abstract void valueIsNull();
}
