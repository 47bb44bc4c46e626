package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Json;
import io.plumbline.pipeline.stream.ExporterHealth;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The demo from start to end. Everything in it is real: stop the services and nothing arrives.
 *
 * <p>Threads: the command's.
 */
final class Demo {
    /** Those that run, the last one if it has settings. */
    static final List<String> EXPORTERS = List.of("prometheus", "console", "elasticsearch");

    private static final Set<String> SERVICES = Set.of("shop", "payments");
    private static final Duration REPORT = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(200);

    private final PrintWriter out;
    private final Path folder;
    private final Path definitions;
    private final long seconds;
    private final Ending ending = Ending.onShutdown();

    /** @param seconds after which it ends by itself; 0 for never */
    Demo(PrintWriter out, Path folder, Path definitions, long seconds) {
        this.out = out;
        this.folder = folder;
        this.definitions = definitions;
        this.seconds = seconds;
    }

    /**
     * Runs until it is time and returns the exit code.
     *
     * @param given settings, read
     * @param options where they came from, which keeps secrets out of complaints
     */
    int run(int kafkaPort, int port, Map<String, String> given, SettingsOptions options) throws InterruptedException {
        try {
            JoinedFiles probes = probes();
            say("Starting Kafka and the pipeline ...");
            PipelineSettings settings = options.masked(() -> settings(given));
            PipelineProcess.Plan plan = new PipelineProcess.Plan(folder, null, kafkaPort, port, true, settings);
            try (PipelineProcess process = options.masked(() -> PipelineProcess.start(plan))) {
                return run(process, probes);
            }
        } finally {
            out.flush();
            ending.closed();
        }
    }

    private int run(PipelineProcess process, JoinedFiles probes) throws InterruptedException {
        ApiClient client =
                new ApiClient(process.control().url(), process.control().token());
        List<String> ids;
        try (DemoServices services = startServices(process)) {
            awaitInstances(client, services);
            if (ending.isAsked()) {
                return Failure.NOT_SO;
            }
            say("Both services run and report. Now the probes:");
            ids = setProbes(client, probes);
            hints(process, services);
            watch(services);
            say("Ending the services ...");
        }
        DemoTally tally = DemoTally.of(drained(process), ids);
        out.println(Json.write(tally.map(seconds)));
        return tally.missing().isEmpty() ? 0 : Failure.NOT_SO;
    }

    private DemoServices startServices(PipelineProcess process) throws InterruptedException {
        say("Starting the shop, payments and their customers ...");
        return DemoServices.start(process.kafkaAddress(), process.control().key(), folder.resolve("logs"));
    }

    private static PipelineSettings settings(Map<String, String> given) {
        Map<String, String> settings = new HashMap<>(given);
        settings.putIfAbsent("prometheus.port", "0");
        Folders.demoSources().ifPresent(sources -> settings.putIfAbsent("control.source.folders", sources.toString()));
        boolean isAll = given.keySet().stream().anyMatch(key -> key.startsWith("elasticsearch."));
        return PipelineSettings.of(isAll ? EXPORTERS : EXPORTERS.subList(0, 2), settings);
    }

    private JoinedFiles probes() {
        try (Stream<Path> files = Files.list(definitions)) {
            List<String> names = files.map(Path::toString)
                    .filter(name -> name.endsWith(".yaml") || name.endsWith(".yml"))
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                throw Failure.badInput("there are no probes (*.yaml) in " + definitions);
            }
            return JoinedFiles.read(names, InputStream.nullInputStream());
        } catch (IOException e) {
            throw Failure.badInput("can't read the folder of probes " + definitions + ": " + e.getMessage());
        }
    }

    private void awaitInstances(ApiClient client, DemoServices services) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + REPORT.toNanos();
        Set<String> seen = Set.of();
        while (!seen.containsAll(SERVICES)) {
            services.requireRunning();
            if (System.nanoTime() > deadlineNanos) {
                throw Failure.notSo("after " + REPORT.toSeconds() + " s only " + seen + " of " + new TreeSet<>(SERVICES)
                        + " report; see " + services.logs());
            }
            if (ending.await(STEP)) {
                return;
            }
            seen = JsonObject.parse(client.get("/instances")).objects("instances").stream()
                    .filter(instance -> instance.flag("alive"))
                    .map(instance -> instance.object("labels").text("service"))
                    .collect(Collectors.toSet());
        }
    }

    private List<String> setProbes(ApiClient client, JoinedFiles probes) throws InterruptedException {
        Submission submission = new Submission(client, out);
        String answer;
        try {
            answer = submission.send(probes.text(), probes.name(), false);
        } catch (ApiClient.InvalidRequest e) {
            throw Failure.badInput(probes.place(e.line(), e.column()) + e.getMessage());
        }
        submission.print(answer);
        submission.await();
        return JsonObject.parse(answer).objects("probes").stream()
                .map(probe -> probe.text("id"))
                .toList();
    }

    /** In one piece: the exporter console writes to the same terminal. */
    private void hints(PipelineProcess process, DemoServices services) {
        String plumb = Folders.launcher();
        StringWriter text = new StringWriter();
        PrintWriter hints = new PrintWriter(text);
        hints.println();
        Welcome.places(hints, process, folder);
        hints.printf("  %-14s %s%n", "shop", services.shop());
        hints.printf("  %-14s %s%n", "payments", services.payments());
        hints.printf("  %-14s %s%n", "their output", services.logs());
        hints.println();
        hints.println("Set the next one yourself, from another terminal:");
        hints.println("  " + plumb + " lines OrderService");
        hints.println("  " + plumb + " probe add OrderService:LINE --log 'x is {x}'");
        hints.println("  " + plumb + " probe list");
        out.print(text);
        say(seconds > 0 ? "What they say, for " + seconds + " s:" : "What they say, until Ctrl-C:");
    }

    private void say(String text) {
        out.println();
        out.println(text);
        out.flush();
    }

    private void watch(DemoServices services) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (!ending.await(STEP)) {
            services.requireRunning();
            if (seconds > 0 && System.nanoTime() > deadlineNanos) {
                return;
            }
        }
    }

    /** Lets the exporters finish what the services sent to the end. */
    private static List<ExporterHealth> drained(PipelineProcess process) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + DRAIN.toNanos();
        int quiet = 0;
        while (quiet < 3 && System.nanoTime() < deadlineNanos) {
            Thread.sleep(STEP.toMillis());
            boolean idle = process.health().stream().allMatch(exporter -> exporter.lag() == 0);
            quiet = idle ? quiet + 1 : 0;
        }
        return process.health();
    }
}
