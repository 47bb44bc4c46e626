package io.plumbline.benchmarks.suites;

import io.plumbline.benchmarks.inside.InsideJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Runs a suite without probes and with one at every line of its library, and compares how each test ended. */
final class SuiteProof {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    /** What the suites' own builds open to them. */
    private static final List<String> JVM = List.of(
            "-Xmx1g",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.time.chrono=ALL-UNNAMED",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Duser.timezone=UTC");

    private final InsideJvm jvm;
    private final Path work;
    private final List<Path> engine;

    /**
     * @param work folder for what the JVMs write
     * @param engine the class path of JUnit
     */
    SuiteProof(InsideJvm jvm, Path work, List<Path> engine) {
        this.jvm = jvm;
        this.work = work;
        this.engine = engine;
    }

    /**
     * What came of it.
     *
     * @param ends how each test ended without probes, by its id
     * @param changed tests that ended in another way with probes, with both ends
     * @param unstable tests that do not end alike without probes either; they prove nothing and are left out
     */
    record Result(Map<String, String> ends, Map<String, String> changed, List<String> unstable, Figures figures) {

        long ended(String how) {
            return ends.values().stream().filter(end -> end.startsWith(how)).count();
        }
    }

    /**
     * Runs a suite.
     *
     * @param folder that has the jars
     * @param classes pattern of the names of those whose tests are run
     */
    Result prove(Suite suite, Path folder, String classes) throws IOException, InterruptedException {
        String name = suite.subject().artifact();
        List<Path> jars = new ArrayList<>();
        suite.jars().forEach(jar -> jars.add(folder.resolve(jar.fileName())));
        Path tests = folder.resolve(suite.tests().fileName());
        Map<String, String> without = run(name + "-without", jvm.without(options(jars)), tests, classes);
        Path figures = work.resolve(name + ".figures");
        List<String> arguments = List.of(jars.get(0).toString(), figures.toString());
        Map<String, String> with =
                run(name + "-with", jvm.with(options(jars), SuiteProbes.class, arguments), tests, classes);
        Map<String, String> changed = differences(without, with);
        List<String> unstable = List.of();
        if (!changed.isEmpty()) {
            Map<String, String> again = run(name + "-again", jvm.without(options(jars)), tests, classes);
            unstable = List.copyOf(differences(without, again).keySet());
            changed.keySet().removeAll(unstable);
        }
        return new Result(without, changed, unstable, Figures.parse(Files.readString(figures)));
    }

    private List<String> options(List<Path> jars) {
        List<Path> all = new ArrayList<>(jars);
        all.addAll(engine);
        all.add(InsideJvm.classes());
        List<String> options = new ArrayList<>(JVM);
        options.add("-cp");
        options.add(jvm.classPath()
                + File.pathSeparator
                + all.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        return options;
    }

    private Map<String, String> run(String name, List<String> java, Path tests, String classes)
            throws IOException, InterruptedException {
        Path ends = work.resolve(name + ".ends");
        Path output = work.resolve(name + ".out");
        Files.deleteIfExists(ends);
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(SuiteMain.class.getName(), tests.toString(), ends.toString(), classes));
        int code = InsideJvm.run(command, output, TIMEOUT);
        if (code != 0 || !Files.exists(ends)) {
            throw new IOException("the JVM ended with " + code + ", see " + output);
        }
        return SuiteMain.read(ends);
    }

    private static Map<String, String> differences(Map<String, String> one, Map<String, String> other) {
        TreeSet<String> ids = new TreeSet<>(one.keySet());
        ids.addAll(other.keySet());
        Map<String, String> differences = new LinkedHashMap<>();
        for (String id : ids) {
            if (!Objects.equals(one.get(id), other.get(id))) {
                differences.put(id, one.get(id) + " → " + other.get(id));
            }
        }
        return differences;
    }
}
