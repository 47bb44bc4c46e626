package io.plumbline.pipeline.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = {
            "Start Kafka (unless there is one), the exporters and the control plane, and run until Ctrl-C.",
            "",
            "Everything listens on the loopback interface, unless control.host says otherwise. Probes are kept in the data folder and are there again after"
                    + " a restart.",
        },
        footer = {
            "",
            "  plumb up                                               Kafka in this process, Prometheus endpoint",
            "  plumb up --kafka kafka1:9092,kafka2:9092               the cluster that is there",
            "  plumb up --exporter prometheus --exporter elasticsearch \\",
            "           --set elasticsearch.url=http://localhost:9200  two backends",
            "  plumb up --exporter errors=sentry --exporter crashes=sentry --settings up.properties",
            "                                                         one exporter twice",
            "  plumb up --kafka k:9093 --set kafka.security.protocol=SSL",
            "",
            "Settings of exporters begin with the instance's name (the exporter's, unless you choose one), settings of"
                    + " Kafka clients with kafka.",
        })
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where Kafka's data and control.json lie, by default PLUMBLINE_DATA or ~/.plumbline.")
    private Path data;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Bootstrap servers of a cluster that is there, instead of a broker in this process.")
    private String kafka;

    @Option(
            names = "--kafka-port",
            paramLabel = "N",
            defaultValue = "9092",
            description = "Port of the broker in this process; 0 takes any free one. Default: ${DEFAULT-VALUE}.")
    private int kafkaPort;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "7077",
            description = "Port of the control plane; 0 takes any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--exporter",
            paramLabel = "[NAME=]EXPORTER",
            defaultValue = "prometheus",
            description = "An exporter to run, or NAME=EXPORTER for an instance of your own name; may be given"
                    + " several times. Default: ${DEFAULT-VALUE}.")
    private List<String> exporters;

    @Option(
            names = "--plugins",
            paramLabel = "DIR",
            description = "Where jars with further exporters lie; by default the folder plugins in the data folder, if"
                    + " it is there.")
    private Path plugins;

    @Mixin
    private SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        requirePort("--port", port);
        requirePort("--kafka-port", kafkaPort);
        Path folder = Folders.data(data);
        try (Plugins found = Plugins.in(Folders.plugins(plugins, folder))) {
            Map<String, String> all = settings.read(exporters);
            PipelineSettings read = settings.masked(() -> PipelineSettings.of(exporters, all, found.exporters()));
            run(new PipelineProcess.Plan(folder, kafka, kafkaPort, port, false, read));
        }
        return 0;
    }

    private void run(PipelineProcess.Plan plan) throws InterruptedException {
        Ending ending = Ending.onShutdown();
        try (PipelineProcess process = settings.masked(() -> PipelineProcess.start(plan))) {
            Welcome.print(spec.commandLine().getOut(), process, plan.data());
            ending.await();
        } finally {
            ending.closed();
        }
    }

    private static void requirePort(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw Failure.badInput(option + " must be from 0 to 65535: " + port);
        }
    }
}
