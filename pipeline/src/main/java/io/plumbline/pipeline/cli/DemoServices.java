package io.plumbline.pipeline.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The demo's two services and their customers, each a JVM of its own. */
final class DemoServices implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);

    private final String kafka;
    private final String key;
    private final Path logs;
    /** In the order of their start. */
    private final Deque<ChildProcess> children = new ArrayDeque<>();

    private String shop = "";
    private String payments = "";

    private DemoServices(String kafka, String key, Path logs) {
        this.kafka = kafka;
        this.key = key;
        this.logs = logs;
    }

    /**
     * Starts all and returns when both services listen.
     *
     * @param key whose definitions the agents take
     */
    static DemoServices start(String kafka, String key, Path logs) throws InterruptedException {
        requireFile(Folders.demoJar());
        requireFile(Folders.openTelemetryJar());
        DemoServices services = new DemoServices(kafka, key, logs);
        try {
            services.payments = services.service("payments", "payments.PaymentsMain", List.of());
            services.shop = services.service("shop", "shop.ShopMain", List.of("--payments", services.payments));
            services.children.push(ChildProcess.start("load", load(services.shop), logs));
            return services;
        } catch (InterruptedException | RuntimeException e) {
            services.close();
            throw e;
        }
    }

    String shop() {
        return shop;
    }

    String payments() {
        return payments;
    }

    Path logs() {
        return logs;
    }

    void requireRunning() {
        for (ChildProcess child : children) {
            if (!child.isRunning()) {
                throw Failure.notSo("a program of the demo ended; it said why in " + child.log());
            }
        }
    }

    @Override
    public void close() {
        while (!children.isEmpty()) {
            children.pop().close();
        }
    }

    private String service(String name, String main, List<String> arguments) throws InterruptedException {
        List<String> command = java();
        command.add("-javaagent:" + Folders.openTelemetryJar());
        command.add("-javaagent:" + Agent.requireJar() + "=" + Agent.arguments(kafka, name, key));
        command.add("-Dotel.service.name=" + name);
        for (String kind : List.of("traces", "metrics", "logs")) {
            // the tracer works and gives trace ids; its own exports are not what is shown here
            command.add("-Dotel." + kind + ".exporter=none");
        }
        command.addAll(List.of("-cp", Folders.demoJar().toString(), "io.plumbline.demo." + main));
        command.addAll(arguments);
        ChildProcess child = ChildProcess.start(name, command, logs);
        children.push(child);
        return child.awaitAddress(START);
    }

    private static List<String> load(String shop) {
        List<String> command = java();
        command.addAll(List.of("-cp", Folders.demoJar().toString(), "io.plumbline.demo.load.LoadMain", "--shop", shop));
        return command;
    }

    private static List<String> java() {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m"));
    }

    private static void requireFile(Path file) {
        if (!Files.exists(file)) {
            throw Failure.notSo(file + " is not there; build it with: ./mvnw -DskipTests package");
        }
    }
}
