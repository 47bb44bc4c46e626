package io.plumbline.agent;

/**
 * Builds the agent on a thread of its own group and waits for it. Threads belong to the group of the thread that makes
 * them, so all that the agent and its libraries ever start can be told from the application's.
 */
final class GroupStart {
    private GroupStart() {}

    /**
     * Runs a step in a group. What it throws is thrown here.
     *
     * @throws IllegalStateException when the calling thread is interrupted meanwhile; it stays interrupted
     */
    static void run(ThreadGroup group, Runnable step) {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(group, step, "plumbline-start", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(GroupStart.class.getClassLoader());
        thread.setUncaughtExceptionHandler((any, thrown) -> failure[0] = thrown);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the agent was starting", e);
        }
        if (failure[0] instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure[0] instanceof Error error) {
            throw error;
        }
    }
}
