package io.plumbline.pipeline.cli;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = {
            "Run parts of the pipeline against a Kafka cluster, until Ctrl-C.",
            "",
            "Any number of processes may run the same parts: they share the partitions, and one that dies is taken over from"
                    + " within ten seconds. The control plane runs once. /metrics has the process's own meters.",
        },
        footer = {
            "",
            "  plumb serve --kafka k1:9092,k2:9092 --role control",
            "  plumb serve --kafka k1:9092,k2:9092 --role export --exporter elasticsearch \\",
            "        --set elasticsearch.url=https://search:9200        as often as you like",
            "  plumb serve --kafka k1:9092,k2:9092 --role pair          spans between lines; likewise",
            "  plumb serve --kafka k:9093 --role export --exporter jaeger --set jaeger.url=http://jaeger:4318 \\",
            "        --set kafka.security.protocol=SASL_SSL --set kafka.sasl.mechanism=SCRAM-SHA-512 \\",
            "        --set 'kafka.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required"
                    + " username=\"plumbline\" password=\"$${env:KAFKA_PASSWORD}\";'",
        })
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--kafka",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Bootstrap servers of the cluster.")
    private String kafka;

    @Option(
            names = "--role",
            required = true,
            split = ",",
            paramLabel = "ROLE",
            description = "What to run: export, pair, control; several with commas.")
    private List<String> roles;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where control.json lies, by default PLUMBLINE_DATA or ~/.plumbline. For the role control.")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port of the API, or of /metrics without the role control; 0 takes any free one. Default: 0.")
    private int port;

    @Option(
            names = "--exporter",
            paramLabel = "[NAME=]EXPORTER",
            description = "An exporter to run, as for 'plumb up'. For the role export.")
    private List<String> exporters = List.of();

    @Option(names = "--plugins", paramLabel = "DIR", description = "Where jars with further exporters lie.")
    private Path plugins;

    @Mixin
    private SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Set<Role> wanted = EnumSet.noneOf(Role.class);
        roles.forEach(role -> wanted.add(Role.of(role)));
        if (wanted.contains(Role.EXPORT) == exporters.isEmpty()) {
            throw Failure.badInput(
                    exporters.isEmpty()
                            ? "--role export needs an exporter, such as --exporter prometheus"
                            : "--exporter belongs to --role export; add the role");
        }
        if (port < 0 || port > 65_535) {
            throw Failure.badInput("--port must be from 0 to 65535: " + port);
        }
        Path folder = Folders.data(data);
        try (Plugins found = Plugins.in(Folders.plugins(plugins, folder))) {
            Map<String, String> all = settings.read(exporters);
            PipelineSettings read = settings.masked(() -> PipelineSettings.of(exporters, all, found.exporters()));
            run(new PipelineProcess.Plan(folder, kafka, 0, port, false, read, wanted));
        }
        return 0;
    }

    private void run(PipelineProcess.Plan plan) throws InterruptedException {
        Ending ending = Ending.onShutdown();
        try (PipelineProcess process = settings.masked(() -> PipelineProcess.start(plan))) {
            var out = spec.commandLine().getOut();
            out.println("Plumbline serves " + String.join(", ", roles) + "; Ctrl-C ends it.");
            out.println();
            Welcome.places(out, process, plan.data());
            out.flush();
            ending.await();
        } finally {
            ending.closed();
        }
    }
}
