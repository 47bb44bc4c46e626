package io.plumbline.pipeline.stream;

import java.time.Duration;

/** How a lane waits between attempts; tests put a clock of their own in its place. */
@FunctionalInterface
interface Pause {
    Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

    void pause(Duration duration) throws InterruptedException;
}
