package io.plumbline.exporters.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Time that passes when somebody waits, and the waits. */
final class WebhookTime implements Waiting {
    final List<Long> waits = new ArrayList<>();

    /** What happens while somebody waits. */
    Runnable meanwhile = () -> {};

    long nanos = Long.MAX_VALUE - 5; // overflows soon, as the JVM's may

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public boolean await(CountDownLatch latch, long time) {
        waits.add(time);
        meanwhile.run();
        if (latch.getCount() == 0) {
            return true;
        }
        nanos += time;
        return false;
    }
}
