package io.plumbline.pipeline.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "See it work: start Kafka, the pipeline and two services that call each other, then, while they run, set"
                    + " probes in them and print what they say. Runs until Ctrl-C.",
            "",
            "Nothing of it stays: each run begins with empty data.",
        },
        footer = {
            "",
            "  plumb demo                  look, then set a probe of your own from another terminal",
            "  plumb demo --seconds 30     end by itself; the last line is JSON, the exit code 0 only if every",
            "                              probe of the demo delivered",
            "  plumb demo --set elasticsearch.url=http://localhost:9200    also into Elasticsearch",
        })
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--seconds", paramLabel = "N", description = "End so long after the probes were set.")
    private Integer seconds;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Uses the folder 'demo' in it, by default in PLUMBLINE_DATA or ~/.plumbline.")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port of the control plane. Default: any.")
    private int port;

    @Option(names = "--kafka-port", paramLabel = "N", defaultValue = "0", description = "Port of Kafka. Default: any.")
    private int kafkaPort;

    @Option(
            names = "--probes",
            paramLabel = "DIR",
            description = "Folder of the probes to set. Default: config/probes.")
    private Path probes;

    @Mixin
    private SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (seconds != null && seconds < 1) {
            throw Failure.badInput("--seconds must be > 0: " + seconds);
        }
        Path folder = Folders.demo(Folders.data(data));
        Path definitions = probes == null ? Folders.demoProbes() : probes;
        Demo demo = new Demo(spec.commandLine().getOut(), folder, definitions, seconds == null ? 0 : seconds);
        return demo.run(kafkaPort, port, settings.read(Demo.EXPORTERS), settings);
    }
}
