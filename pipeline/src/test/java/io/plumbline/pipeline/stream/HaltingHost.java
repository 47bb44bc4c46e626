package io.plumbline.pipeline.stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import io.plumbline.pipeline.support.RecordingExporter;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.util.List;
import java.util.Map;

/**
 * A host in a process of its own, which dies without a word when its backend has taken the second batch: after the
 * delivery, before the answer is known.
 */
final class HaltingHost {
    private HaltingHost() {}

    public static void main(String[] args) throws InterruptedException {
        Exporter exporter = new Exporter() {
            private int batches;

            @Override
            public Outcome export(List<Signal> batch) {
                if (++batches == 2) {
                    Runtime.getRuntime().halt(9);
                }
                return Outcome.delivered();
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        ExporterHost.start(
                Map.of("bootstrap.servers", args[0], "session.timeout.ms", "6000", "heartbeat.interval.ms", "1000"),
                List.of(new Hosted(RecordingExporter.factory(args[1], 2, exporter), exporter)),
                PipelineTopics.DEAD_LETTERS,
                new SimpleMeterRegistry());
        Thread.currentThread().join();
    }
}
