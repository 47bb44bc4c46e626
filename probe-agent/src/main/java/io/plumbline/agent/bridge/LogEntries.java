package io.plumbline.agent.bridge;

/** Where the hits of an action that leaves records get their record from. */
public abstract class LogEntries {

    /**
     * The same for hits at one site.
     *
     * @param type the class that the site is in
     * @param method the method's name
     * @param line 1-based; 0 where the class does not tell
     * @param names of the values, in the order in which hits put them; empty where the action knows them
     */
    public abstract LogEntries in(Class<?> type, String method, int line, String[] names);

    /** An empty record for this hit, or null when the hit must go without (counted by cause). */
    public abstract LogEntry claim(Lane lane);
}
