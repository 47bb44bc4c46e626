package io.plumbline.e2e.programs;

import java.time.Duration;

/**
 * Calls {@link #tick} a thousand times a second and prints, every second, how many ticks there were and how long the
 * longest took. Runs until it is ended.
 */
public final class Ticker {
    private long sum;

    private Ticker() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("running");
        Ticker ticker = new Ticker();
        long longestMicros = 0;
        for (int i = 0; ; i++) {
            long start = System.nanoTime();
            ticker.tick(i);
            longestMicros = Math.max(
                    longestMicros, Duration.ofNanos(System.nanoTime() - start).toNanos() / 1_000);
            Thread.sleep(1);
            if (i % 1_000 == 999) {
                System.out.println("ticks " + (i + 1) + " longest " + longestMicros);
                longestMicros = 0;
            }
        }
    }

    private void tick(int number) {
        long doubled = number * 2L;
        sum += doubled; // the probed line
    }
}
