package io.plumbline.pipeline.faults;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Exporters;
import io.plumbline.pipeline.stream.ExporterHost;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process with one exporter: the broker's address, the exporter's name, its settings as {@code key=value}. */
final class HostMain {
    private HostMain() {}

    public static void main(String[] args) throws InterruptedException {
        Map<String, String> settings = new HashMap<>();
        for (int i = 2; i < args.length; i++) {
            int at = args[i].indexOf('=');
            settings.put(args[i].substring(0, at), args[i].substring(at + 1));
        }
        ExporterFactory factory = Exporters.installed().get(args[1]);
        Exporter exporter = factory.create(ExporterSettings.of(factory.name(), settings));
        ExporterHost host = ExporterHost.start(
                Map.of("bootstrap.servers", args[0]),
                List.of(new Hosted(factory, exporter)),
                PipelineTopics.DEAD_LETTERS,
                new SimpleMeterRegistry());
        Runtime.getRuntime().addShutdownHook(new Thread(host::close));
        System.out.println("ready " + host.health().get(0).links());
        Thread.currentThread().join();
    }
}
