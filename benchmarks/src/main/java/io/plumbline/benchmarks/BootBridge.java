package io.plumbline.benchmarks;

import io.plumbline.agent.bridge.Bridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts the bridge where the agent puts it, into the bootstrap loader of a JVM that is about to start: only there does HotSpot heed
 * what the generated code says about inlining.
 */
final class BootBridge {
    private static final String PACKAGE = Bridge.class.getPackageName().replace('.', '/');

    private BootBridge() {}

    /** The JVM's option; the folder it names goes with this process. */
    static String option() {
        try {
            Path folder = Files.createTempDirectory("plumbline-bridge");
            Path deepest = Files.createDirectories(folder.resolve(PACKAGE));
            for (Path made = folder; made.getNameCount() < deepest.getNameCount(); ) {
                made.toFile().deleteOnExit(); // the last one first
                made = deepest.subpath(0, made.getNameCount() + 1);
                made = deepest.getRoot().resolve(made);
            }
            deepest.toFile().deleteOnExit();
            copy(deepest);
            return "-Xbootclasspath/a:" + folder;
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy the bridge's classes", e);
        }
    }

    private static void copy(Path to) throws IOException {
        URI from = URI.create(
                Bridge.class.getProtectionDomain().getCodeSource().getLocation().toString());
        if (Files.isDirectory(Path.of(from))) {
            copy(Path.of(from).resolve(PACKAGE), to);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + from), Map.of())) {
            copy(jar.getPath(PACKAGE), to);
        }
    }

    private static void copy(Path from, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : List.copyOf(files.toList())) {
                Path copied = folder.resolve(file.getFileName().toString());
                Files.copy(file, copied);
                copied.toFile().deleteOnExit();
            }
        }
    }
}
