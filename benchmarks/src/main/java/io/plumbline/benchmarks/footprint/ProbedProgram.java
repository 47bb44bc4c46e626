package io.plumbline.benchmarks.footprint;

import java.io.IOException;

/**
 * A program with probes at methods that nobody calls, and at one that is called again and again if it is told so. Stays until
 * standard input ends, as {@link SmallProgram} does.
 */
final class ProbedProgram {
    /** Hits a second, about. */
    private static final long PAUSE_MILLIS = 1;

    private static volatile long sum;

    private ProbedProgram() {}

    /**
     * @param args {@code hot} to call {@link #hot} about a thousand times a second
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.out.println(System.currentTimeMillis());
        if (args[0].equals("hot")) {
            Thread caller = new Thread(ProbedProgram::callOn, "caller");
            caller.setDaemon(true);
            caller.start();
        }
        SmallProgram.answer();
    }

    private static void callOn() {
        try {
            while (true) {
                hot();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void hot() {
        sum++;
    }

    static void quietA() {
        sum += 1;
    }

    static void quietB() {
        sum += 2;
    }

    static void quietC() {
        sum += 3;
    }

    static void quietD() {
        sum += 4;
    }
}
