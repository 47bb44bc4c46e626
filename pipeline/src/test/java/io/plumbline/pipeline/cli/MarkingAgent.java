package io.plumbline.pipeline.cli;

import io.plumbline.pipeline.support.FakeAgent;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stands in for the agent's jar: marks the JVM as the agent does, and plays the agent on the wire, with hits. */
public final class MarkingAgent {
    private static final long HIT_MILLIS = 200;

    private MarkingAgent() {}

    public static void premain(String arguments) {
        agentmain(arguments);
    }

    public static void agentmain(String arguments) {
        String kafka = arguments.replaceAll(".*kafka=([^,]*).*", "$1");
        String service = arguments.replaceAll(".*service=([^,]*).*", "$1");
        FakeAgent agent = FakeAgent.start(kafka, service);
        System.setProperty("plumbline.instance", agent.instance());
        Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "agent-end"));
        Thread hits = new Thread(() -> hit(agent), "hits");
        hits.setDaemon(true);
        hits.start();
    }

    private static void hit(FakeAgent agent) {
        try {
            while (true) {
                agent.hit();
                Thread.sleep(HIT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An agent's jar that finds its classes on this test's class path. */
    static Path jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(new Attributes.Name("Agent-Class"), MarkingAgent.class.getName());
        main.put(new Attributes.Name("Premain-Class"), MarkingAgent.class.getName());
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .map(Path::toUri)
                .map(URI::toString)
                .collect(Collectors.joining(" "));
        main.put(Attributes.Name.CLASS_PATH, classPath);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        return file;
    }
}
