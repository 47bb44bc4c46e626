package io.plumbline.agent.control;

import io.plumbline.config.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who this JVM is.
 *
 * @param id unique among all instances ever
 * @param labels what targets match on
 * @param started when the agent started
 */
public record Instance(String id, Map<String, String> labels, Instant started) {
    private static final int ID_DIGITS = 0x10000;

    public Instance {
        labels = Map.copyOf(labels);
    }

    /** This JVM, by settings, OpenTelemetry's settings, or else by what it runs. */
    public static Instance here(Settings settings) {
        long pid = ProcessHandle.current().pid();
        String service = settings.text("plumbline.service").orElseGet(Instance::serviceName);
        String id = service + "-" + pid + "-"
                + Integer.toHexString(ThreadLocalRandom.current().nextInt(ID_DIGITS));
        Map<String, String> labels = new LinkedHashMap<>(settings.pairs("plumbline.labels"));
        labels.put("instance", id);
        labels.put("service", service);
        labels.put("host", host());
        labels.put("pid", Long.toString(pid));
        labels.put("jvm", System.getProperty("java.vm.name") + " " + Runtime.version());
        settings.text("plumbline.environment").ifPresent(name -> labels.put("environment", name));
        return new Instance(id, labels, Instant.now());
    }

    private static String serviceName() {
        String otel = System.getProperty("otel.service.name", System.getenv("OTEL_SERVICE_NAME"));
        if (otel != null && !otel.isBlank()) {
            return otel;
        }
        return mainName(System.getProperty("sun.java.command", ""));
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
