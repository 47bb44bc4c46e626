package io.plumbline.benchmarks.suites;

import io.plumbline.agent.capture.Capture;
import io.plumbline.benchmarks.inside.AgentParts;
import io.plumbline.benchmarks.inside.ClassFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Sets a counting probe at every line of a library before its tests run, and writes down what was hit when they have. */
public final class SuiteProbes {

    private SuiteProbes() {}

    /**
     * Called by the agent inside.
     *
     * @param arguments the library's jar, and the file for the figures
     */
    public static void run(List<String> arguments, Instrumentation instrumentation) throws IOException {
        AgentParts agent = new AgentParts(instrumentation);
        long start = System.nanoTime();
        List<String> probes = new ArrayList<>();
        for (String location : lines(Path.of(arguments.get(0)))) {
            probes.add("{\"id\": \"line-" + probes.size() + "\", \"at\": \"" + location
                    + "\", \"count\": [{\"name\": \"hits\"}]}");
        }
        List<Capture.Prepared> set = agent.set(probes);
        long setMillis = (System.nanoTime() - start) / 1_000_000;
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> write(Path.of(arguments.get(1)), set, setMillis), "suite-figures"));
    }

    private static Set<String> lines(Path jar) throws IOException {
        Set<String> lines = new LinkedHashSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                boolean isClass = entry.getName().endsWith(".class")
                        && !entry.getName().startsWith("META-INF/")
                        && !entry.getName().endsWith("module-info.class");
                if (isClass) {
                    try (InputStream in = file.getInputStream(entry)) {
                        lines.addAll(ClassFacts.of(in.readAllBytes()).lines());
                    }
                }
            }
        }
        return lines;
    }

    private static void write(Path file, List<Capture.Prepared> probes, long setMillis) {
        long hits = probes.stream().mapToLong(probe -> probe.tap().emitted()).sum();
        long hit = probes.stream().filter(probe -> probe.tap().emitted() > 0).count();
        long stopped = probes.stream().filter(probe -> probe.tap().isClosed()).count();
        try {
            Files.writeString(file, new Figures(probes.size(), hit, hits, stopped, setMillis).text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
