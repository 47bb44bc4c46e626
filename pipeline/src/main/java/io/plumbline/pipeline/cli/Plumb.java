package io.plumbline.pipeline.cli;

import io.plumbline.exporters.SettingsException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program {@code plumb}. */
@Command(
        name = "plumb",
        description = {
            "Plumb any line of running code: set probes in JVMs that run, and read what they say.",
            "",
        },
        footer = {
            "",
            "To begin:",
            "  plumb demo                                  see it work, in two services",
            "  plumb up                                    start Kafka and the pipeline",
            "  plumb attach PID --service shop             load the agent into a running JVM",
            "  plumb log shop.Cart:118 'total {total}'     ask it something",
            "  plumb tail                                  read the answers",
            "",
            "Exit codes: 0 done; 1 it is not so, or was refused; 2 wrong command line or",
            "file; 3 no control plane to talk to (start it with: plumb up).",
        },
        subcommands = {
            UpCommand.class,
            ServeCommand.class,
            DemoCommand.class,
            AttachCommand.class,
            AgentsCommand.class,
            ClassesCommand.class,
            LinesCommand.class,
            SourceCommand.class,
            ProbeCommand.class,
            LogCommand.class,
            CountCommand.class,
            GaugeCommand.class,
            HistogramCommand.class,
            SnapshotCommand.class,
            ExceptionCommand.class,
            SpanCommand.class,
            ApplyCommand.class,
            DiffCommand.class,
            ExportCommand.class,
            SchemaCommand.class,
            PromoteCommand.class,
            DashboardCommand.class,
            TailCommand.class,
            HitsCommand.class,
            LatencyCommand.class,
            ShareCommand.class,
            OffCommand.class,
            OnCommand.class,
            ExportersCommand.class,
            DeadLettersCommand.class,
            LoginCommand.class,
            ApprovalsCommand.class,
            ApproveCommand.class,
            RefuseCommand.class,
            TokenCommand.class,
            AuditCommand.class,
            McpCommand.class,
            KeysCommand.class,
            CompletionCommand.class,
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = false)
public final class Plumb {
    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    private Plumb() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        System.exit(run(out, err, args));
    }

    /** Runs a command in this process. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return commandLine().setOut(out).setErr(err).execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Plumb())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setExecutionExceptionHandler(Plumb::failed)
                .setParameterExceptionHandler(Plumb::misused);
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        PrintWriter err = command.getErr();
        if (e instanceof Failure failure) {
            err.println("plumb: " + Text.safeLines(failure.getMessage()));
            return failure.code();
        }
        if (e instanceof ApiClient.InvalidRequest invalid) {
            err.println("plumb: " + Text.safeLines(invalid.getMessage()));
            return Failure.BAD_INPUT;
        }
        if (e instanceof SettingsException || e instanceof IllegalArgumentException) {
            err.println("plumb: " + e.getMessage());
            return Failure.BAD_INPUT;
        }
        if (e instanceof IllegalStateException || e instanceof UncheckedIOException) {
            err.println("plumb: " + e.getMessage());
            return Failure.NOT_SO;
        }
        throw e;
    }

    private static int misused(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("plumb: " + e.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return Failure.BAD_INPUT;
    }
}
