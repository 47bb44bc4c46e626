package io.plumbline.agent.bridge;

/**
 * One record while a hit fills it: values in the order of the template's holes or of the names, then {@link #commit}.
 * Owned by the thread that claimed it until then. Values are copied at once, within bounds, and no application code runs
 * for it.
 */
public abstract class LogEntry {

    public abstract void put(boolean value);

    public abstract void put(char value);

    public abstract void put(int value);

    public abstract void put(long value);

    public abstract void put(float value);

    public abstract void put(double value);

    /** Any object, rendered without calling its methods unless it is of a known JDK class; null too. */
    public abstract void put(Object value);

    /** The expression threw; takes the value's place. */
    public abstract void error(Throwable failure);

    /** The value is hidden and was not read; a mark takes its place. */
    public abstract void redacted();

    /** Gives the record back without a trace but in the counts. */
    public abstract void abort(Throwable failure);

    /** Hands the record to the agent. */
    public abstract void commit();
}
