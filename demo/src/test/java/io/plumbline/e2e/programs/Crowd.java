package io.plumbline.e2e.programs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Ten thousand virtual threads, each of which sleeps between three steps, so that they change carriers. Begins when the file named
 * by the argument is there. Needs a JDK with virtual threads, and is compiled for one without.
 */
public final class Crowd {
    /** Virtual threads. */
    public static final int THREADS = 10_000;

    /** Steps of each. */
    public static final int STEPS = 3;

    private Crowd() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("running");
        while (!Files.exists(Path.of(arguments[0]))) {
            Thread.sleep(10);
        }
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        for (int i = 0; i < THREADS; i++) {
            int worker = i;
            threads.submit(() -> work(worker));
        }
        threads.shutdown();
        System.out.println("done " + threads.awaitTermination(60, TimeUnit.SECONDS));
        Thread.sleep(Long.MAX_VALUE);
    }

    private static int work(int worker) throws InterruptedException {
        Thread.currentThread().setName("worker-" + worker);
        int sum = 0;
        for (int step = 0; step < STEPS; step++) {
            Thread.sleep(1);
            sum += step; // the probed line
        }
        return sum;
    }
}
