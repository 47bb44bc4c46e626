package io.plumbline.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDKs to test on: the one that runs the tests and the newest that the machine has. */
final class Jdks {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/jvm"),
            Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"),
            Path.of(System.getProperty("user.home"), ".jdks"));

    private Jdks() {}

    /** A JDK's home and feature version. */
    record Jdk(Path home, int feature) {
        Path java() {
            return home.resolve("bin/java");
        }

        @Override
        public String toString() {
            return "JDK " + feature;
        }
    }

    static Jdk current() {
        return new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** The newest, if there is one newer than the current. */
    static Optional<Jdk> newest() {
        return all().stream()
                .filter(jdk -> jdk.feature() > current().feature())
                .max(Comparator.comparingInt(Jdk::feature));
    }

    /** Current and newest; says so where there is but one. */
    static List<Jdk> both() {
        List<Jdk> both = new ArrayList<>(List.of(current()));
        newest().ifPresentOrElse(
                        both::add,
                        () -> System.out.println(
                                "SKIPPED on a newer JDK: none newer than " + current() + " under " + PLACES));
        return both;
    }

    private static List<Jdk> all() {
        List<Jdk> jdks = new ArrayList<>();
        for (Path place : PLACES) {
            if (Files.isDirectory(place)) {
                try (Stream<Path> homes = Files.list(place)) {
                    homes.forEach(home -> read(home).ifPresent(jdks::add));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return jdks;
    }

    private static Optional<Jdk> read(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.split("\"")[1])
                    .map(version -> new Jdk(home, Runtime.Version.parse(version).feature()))
                    .findFirst();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
