package io.plumbline.agent.bridge;

/** Where a log action's hits get their record from. */
public abstract class LogEntries {

    /** The same for hits in one function, {@code package.Class.method}, which the records will name. */
    public abstract LogEntries in(String function);

    /** An empty record for this hit, or null when the hit must go without (counted by cause). */
    public abstract LogEntry claim();
}
