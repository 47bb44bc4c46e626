package io.plumbline.pipeline.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code plumb off} and {@code plumb on} can be told, and where they take it. */
final class Switching {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "PROBE", arity = "0..1", description = "This probe only.")
    private String probe;

    @Option(names = "--instance", paramLabel = "ID", description = "This instance only; the start of its id will do.")
    private String instance;

    @Option(names = "--tag", paramLabel = "WORD", description = "The probes with this tag only.")
    private String tag;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "This process of this host only, by a file; needs no Kafka and no control plane.")
    private Long pid;

    @Option(names = "--file", paramLabel = "FILE", description = "With --pid: the file that its agent looks at.")
    private Path file;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    int turn(boolean off) {
        if (file != null && pid == null) {
            throw Failure.badInput("--file belongs to --pid; name the process as well");
        }
        long named =
                Stream.of(pid, probe, instance, tag).filter(Objects::nonNull).count();
        if (named > 1) {
            throw Failure.badInput("name a process, a probe, an instance or a tag, not two of them");
        }
        if (pid != null) {
            return HostSwitch.turn(spec.commandLine().getOut(), off, pid, file, json);
        }
        return Turn.turn(connection.client(), spec.commandLine().getOut(), off, probe, instance, tag, json);
    }
}
