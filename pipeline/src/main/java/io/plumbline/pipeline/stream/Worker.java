package io.plumbline.pipeline.stream;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The thread {@code exporter-NAME-export}, which alone calls the exporter. Has one {@link Work} at a time.
 *
 * <p>Threads: all methods are the poller's, but {@link #close}.
 */
final class Worker implements AutoCloseable {
    private final ExecutorService thread;
    private Future<?> running;

    /** @param context where the exporter's own libraries look for classes by name: the loader that it came from */
    Worker(String exporter, ClassLoader context) {
        thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "exporter-" + exporter + "-export");
            made.setDaemon(true);
            made.setContextClassLoader(context);
            return made;
        });
    }

    void begin(Work work) {
        running = thread.submit(work);
    }

    /** Interrupts the work and waits a moment for it to notice; what it settles afterwards counts for nothing. */
    void giveUp(Work work, Duration limit) throws InterruptedException {
        running.cancel(true);
        work.awaitEnd(limit);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
