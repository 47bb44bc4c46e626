package io.plumbline.agent.control;

import io.plumbline.config.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Who this JVM is. What is cheap to know is known from the beginning; what has to be read from files is learnt by the control
 * thread, before it says or decides anything.
 *
 * <p>Threads: the labels may be read by any, and are replaced as a whole.
 */
public final class Instance {
    private static final int ID_DIGITS = 0x10000;

    private final String id;
    private final Instant started;
    private final Supplier<Map<String, String>> facts;

    /** Immutable. */
    private volatile Map<String, String> labels;

    /**
     * @param id unique among all instances ever
     * @param labels what targets match on
     * @param started when the agent started
     */
    public Instance(String id, Map<String, String> labels, Instant started) {
        this(id, labels, started, Map::of);
    }

    /** @param facts what is learnt later; reads files */
    Instance(String id, Map<String, String> labels, Instant started, Supplier<Map<String, String>> facts) {
        this.id = id;
        this.labels = Map.copyOf(labels);
        this.started = started;
        this.facts = facts;
    }

    /** This JVM, by settings, OpenTelemetry's settings, or else by what it runs. */
    public static Instance here(Settings settings) {
        Map<String, String> resource = ResourceAttributes.of(System.getProperty(
                "otel.resource.attributes", System.getenv().getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "")));
        long pid = ProcessHandle.current().pid();
        String service = settings.text("plumbline.service").orElseGet(() -> serviceName(resource));
        String id = service + "-" + pid + "-"
                + Integer.toHexString(ThreadLocalRandom.current().nextInt(ID_DIGITS));
        Map<String, String> labels = new LinkedHashMap<>(ResourceAttributes.labels(resource));
        labels.putAll(settings.pairs("plumbline.labels"));
        labels.put("instance", id);
        labels.put("service", service);
        labels.put("host", host());
        labels.put("pid", Long.toString(pid));
        labels.put("jvm", System.getProperty("java.vm.name") + " " + Runtime.version());
        settings.text("plumbline.environment").ifPresent(name -> labels.put("environment", name));
        return new Instance(id, labels, Instant.now(), Facts::here);
    }

    public String id() {
        return id;
    }

    /** What targets match on. */
    public Map<String, String> labels() {
        return labels;
    }

    public Instant started() {
        return started;
    }

    /** Adds what the program's surroundings and its build say, where nobody has said otherwise. */
    void learn() {
        try {
            Map<String, String> all = new HashMap<>(facts.get());
            all.putAll(labels);
            labels = Map.copyOf(all);
        } catch (RuntimeException | LinkageError e) {
            // labels that can't be found out are missing; everything else goes on
        }
    }

    private static String serviceName(Map<String, String> resource) {
        String otel = System.getProperty("otel.service.name", System.getenv("OTEL_SERVICE_NAME"));
        if (otel != null && !otel.isBlank()) {
            return otel;
        }
        String named = resource.getOrDefault("service.name", "");
        return named.isBlank() ? mainName(System.getProperty("sun.java.command", "")) : named;
    }

    /** The main class's simple name, or the jar's without folder, version and extension. */
    static String mainName(String command) {
        String main = command.split(" ", 2)[0];
        if (main.endsWith(".jar")) {
            int folder = Math.max(main.lastIndexOf('/'), main.lastIndexOf('\\'));
            String file = main.substring(folder + 1, main.length() - ".jar".length());
            return file.replaceFirst("-[0-9].*$", "");
        }
        String simple = main.substring(Math.max(main.lastIndexOf('.'), main.lastIndexOf('/')) + 1);
        return simple.isEmpty() ? "java" : simple;
    }

    /** The host's name, without asking a name server. */
    private static String host() {
        String name = System.getenv("HOSTNAME");
        if (name != null && !name.isBlank()) {
            return name;
        }
        try {
            return Files.readString(Path.of("/etc/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
