package io.plumbline.agent.control;

import io.plumbline.config.wire.InstanceReport;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How much CPU time this process takes, as the operating system has it; without JMX, which would cost more than it says.
 *
 * <p>Used by the control thread, and at the end by the one that ends the agent.
 */
final class CpuMeter {
    private static final double PERCENT = 100;

    private final Supplier<Duration> total;
    private final LongSupplier nanoTime;
    private Duration before;
    private long beforeNanos;

    /** This process. */
    CpuMeter() {
        this(() -> ProcessHandle.current().info().totalCpuDuration().orElse(null), System::nanoTime);
    }

    /**
     * @param total CPU time since the process began; null where it can't be told
     */
    CpuMeter(Supplier<Duration> total, LongSupplier nanoTime) {
        this.total = total;
        this.nanoTime = nanoTime;
    }

    /** CPU time since the last call, in percent of a core; {@link InstanceReport#UNKNOWN} at the first. */
    synchronized double percent() {
        Duration now = total.get();
        long nowNanos = nanoTime.getAsLong();
        double percent = InstanceReport.UNKNOWN;
        if (before != null && now != null && nowNanos > beforeNanos) {
            percent = Math.max(0, PERCENT * now.minus(before).toNanos() / (nowNanos - beforeNanos));
        }
        before = now;
        beforeNanos = nowNanos;
        return percent;
    }
}
