package io.plumbline.benchmarks.suites;

import io.plumbline.benchmarks.jars.ListFile;
import io.plumbline.benchmarks.jars.MavenJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A library with its own tests.
 *
 * @param subject the library whose lines are probed
 * @param tests the jar that holds the tests
 * @param others what the tests need besides
 */
record Suite(MavenJar subject, MavenJar tests, List<MavenJar> others) {

    /**
     * Reads a list: the library, its tests and other jars on each line.
     *
     * @throws IllegalArgumentException for a line of another form
     */
    static List<Suite> readAll(Path file) throws IOException {
        return ListFile.read(file).stream().map(Suite::of).toList();
    }

    private static Suite of(List<String> words) {
        if (words.size() < 2) {
            throw new IllegalArgumentException(
                    "a line of the suites is a library and its tests; this is none: " + String.join(" ", words));
        }
        List<MavenJar> jars = words.stream().map(MavenJar::parse).toList();
        return new Suite(jars.get(0), jars.get(1), jars.subList(2, jars.size()));
    }

    List<MavenJar> jars() {
        List<MavenJar> all = new ArrayList<>(List.of(subject, tests));
        all.addAll(others);
        return all;
    }
}
