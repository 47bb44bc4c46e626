package io.plumbline.pipeline.cli;

import io.plumbline.config.probe.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The Java sources below a folder, by name. Folders of builds and of version control are passed over. Threads: one. */
final class SourceFolder {
    private static final Set<String> PASSED_OVER = Set.of("target", "build", "out", "node_modules");

    private final Path folder;
    private final Map<String, List<Path>> byName = new TreeMap<>();

    private SourceFolder(Path folder) {
        this.folder = folder;
    }

    /** @param source a folder, or a single file, which then is all there is */
    static SourceFolder of(Path source) {
        if (!Files.exists(source)) {
            throw Failure.badInput("there is no source " + source);
        }
        boolean isFile = Files.isRegularFile(source);
        SourceFolder all = new SourceFolder(isFile ? source.toAbsolutePath().getParent() : source);
        try {
            Files.walkFileTree(isFile ? source.toAbsolutePath() : source, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes any) {
                    String name = String.valueOf(path.getFileName());
                    boolean passed = !path.equals(source) && (PASSED_OVER.contains(name) || name.startsWith("."));
                    return passed ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes any) {
                    String name = String.valueOf(path.getFileName());
                    if (name.endsWith(".java")) {
                        all.byName
                                .computeIfAbsent(name, key -> new ArrayList<>())
                                .add(path);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("the sources below " + source + " can't be listed", e);
        }
        return all;
    }

    /**
     * The source of a probe's place.
     *
     * @throws Failure when there is none, or several
     */
    Path of(Location location) {
        String type = location.isFile() ? location.type().replaceFirst("\\.java$", "") : location.type();
        String outer = type.replaceFirst("\\$.*", "");
        String file = outer.substring(outer.lastIndexOf('.') + 1) + ".java";
        String end = location.isFile() ? file : outer.replace('.', '/') + ".java";
        List<Path> found = byName.getOrDefault(file, List.of()).stream()
                .filter(path -> byName.size() == 1 || slashes(path).endsWith(end))
                .toList();
        if (found.size() != 1) {
            throw Failure.notSo(
                    found.isEmpty()
                            ? "there is no " + end + " below " + folder
                                    + "; name the folder of its sources with --source"
                            : "there are several " + end + " below " + folder + ": "
                                    + found.stream().map(Path::toString).collect(Collectors.joining(", "))
                                    + "; name one of them with --source");
        }
        return found.get(0);
    }

    /** The source named after a class, where there is just one. */
    Optional<Path> ofClass(String simpleName) {
        List<Path> found = byName.getOrDefault(simpleName + ".java", List.of());
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** The path in a diff, from the folder on. */
    String nameOf(Path path) {
        return slashes(folder.toAbsolutePath().relativize(path.toAbsolutePath()));
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }
}
