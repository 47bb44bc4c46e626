package io.plumbline.benchmarks.fleet;

import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.plumbline.agent.send.SendLoop;
import java.util.List;
import java.util.function.Consumer;

/** An instance that nothing is hit on. */
final class NoSignals implements SendLoop.Source {
    @Override
    public void second() {
        // no credits to refill
    }

    @Override
    public void turn() {
        // nothing is sampled
    }

    @Override
    public void sent(String probe, long bytes) {
        // nothing is sent
    }

    @Override
    public int drainLogs(Consumer<LogRecordData> consumer, int max) {
        return 0;
    }

    @Override
    public List<MetricData> collectMetrics(boolean all) {
        return List.of();
    }

    @Override
    public boolean hasLogs() {
        return false;
    }

    @Override
    public boolean isIdle() {
        return true;
    }
}
