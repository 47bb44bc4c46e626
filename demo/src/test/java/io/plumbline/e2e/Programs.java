package io.plumbline.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Where the probed programs are, and their marked lines. */
final class Programs {
    /** The class path to run them with. */
    static final String CLASSES =
            Path.of("target/test-classes").toAbsolutePath().toString();

    private Programs() {}

    /** The libraries of the tests as a class path, but for our own, Kafka's client, and the one that has WireMock's under other names. */
    static String libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !entry.contains("wiremock-standalone"))
                .filter(entry -> !entry.contains("/kafka-clients-"))
                .filter(entry -> !entry.contains("/io/plumbline/") && !entry.contains("/target/"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The number of the first line that has a mark. */
    static int line(Class<?> program, String mark) {
        try {
            List<String> lines = Files.readAllLines(
                    Path.of("src/test/java/" + program.getName().replace('.', '/') + ".java"));
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).endsWith("// " + mark)) {
                    return i + 1;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalArgumentException("no line marked '" + mark + "' in " + program.getName());
    }
}
