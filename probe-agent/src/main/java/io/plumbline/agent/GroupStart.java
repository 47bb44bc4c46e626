package io.plumbline.agent;

import java.util.function.Consumer;

/**
 * Builds the agent on a thread of its own group. Threads belong to the group of the thread that makes
 * them, so all that the agent and its libraries ever start can be told from the application's.
 */
final class GroupStart {
    private GroupStart() {}

    /**
     * Begins a step in a group, and does not wait for it.
     *
     * @param failure told what the step throws, on its thread
     */
    static void begin(ThreadGroup group, Runnable step, Consumer<Throwable> failure) {
        thread(group, step, failure).start();
    }

    private static Thread thread(ThreadGroup group, Runnable step, Consumer<Throwable> failure) {
        Thread thread = new Thread(group, step, "plumbline-start", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(GroupStart.class.getClassLoader());
        thread.setUncaughtExceptionHandler((any, thrown) -> failure.accept(thrown));
        return thread;
    }

    /**
     * Runs a step in a group and waits for it. What it throws is thrown here.
     *
     * @throws IllegalStateException when the calling thread is interrupted meanwhile; it stays interrupted
     */
    static void run(ThreadGroup group, Runnable step) {
        Throwable[] failure = new Throwable[1];
        Thread thread = thread(group, step, thrown -> failure[0] = thrown);
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
