package io.plumbline.pipeline.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that runs until Ctrl-C end in order. The JVM's shutdown hook says that it is time, and holds the end of
 * the process up until the command has closed everything, or {@link #LIMIT} is over.
 *
 * <p>Threads: the hook's and the command's.
 */
final class Ending {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    static Ending onShutdown() {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(ending::askAndWait, "plumb-ending"));
        return ending;
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    void await() throws InterruptedException {
        asked.await();
    }

    /** Whether it was asked for within the time. */
    boolean await(Duration limit) throws InterruptedException {
        return asked.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The command has closed everything. */
    void closed() {
        closed.countDown();
    }

    private void askAndWait() {
        asked.countDown();
        try {
            if (!closed.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("plumb: did not close within " + LIMIT.toSeconds() + " s; ending anyway");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
