package io.plumbline.benchmarks.corpus;

import io.plumbline.benchmarks.inside.InsideJvm;
import io.plumbline.benchmarks.inside.Nothing;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Proves jars, each in a JVM of its own. */
final class Corpus {
    private static final Duration TIMEOUT = Duration.ofMinutes(90);

    private final InsideJvm jvm;
    private final Path work;
    private final String others;

    /**
     * @param work folder for what the JVMs write
     * @param others jars that may serve as dependencies
     */
    Corpus(InsideJvm jvm, Path work, List<Path> others) {
        this.jvm = jvm;
        this.work = work;
        this.others = others.stream()
                .map(path -> path.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What an earlier run came to, if it got to the end of this jar. */
    Optional<JarCounts> known(Path jar) throws IOException {
        Path result = result(jar);
        return Files.exists(result) ? Optional.of(JarCounts.read(result)) : Optional.empty();
    }

    private Path result(Path jar) {
        return work.resolve(jar.getFileName() + ".properties");
    }

    /**
     * Probes a jar.
     *
     * @param every how many classes one is taken; 1 for all
     * @param sabotaged a class to spoil on purpose; empty for none
     */
    JarCounts prove(Path jar, int every, String sabotaged) throws IOException, InterruptedException {
        Path result = result(jar);
        Path output = work.resolve(jar.getFileName() + ".out");
        Files.deleteIfExists(result);
        List<String> arguments =
                List.of(jar.toAbsolutePath().toString(), others, result.toString(), String.valueOf(every), sabotaged);
        List<String> command = jvm.with(
                List.of("-Xmx1g", "-Xss4m", "-Dplumbline.max-sites-of-old-classes=1000000", "-cp", jvm.classPath()),
                JarProof.class,
                arguments);
        command.add(Nothing.class.getName());
        int code = InsideJvm.run(command, output, TIMEOUT);
        if (code == 0 && Files.exists(result)) {
            return JarCounts.read(result);
        }
        JarCounts counts = new JarCounts();
        counts.failed(
                "the JVM that probed " + jar.getFileName() + " ended with " + code + ":\n" + Files.readString(output));
        return counts;
    }
}
