package io.plumbline.pipeline.control.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of the control plane's host: one of sources, or of a project or several, in which those of sources are looked for. Nothing outside
 * of it is ever read, also not by a link in it.
 *
 * <p>The bargain: at most {@link #MAX_FOLDERS} folders are looked into, hidden ones and those of builds left out.
 */
record FolderOrigin(Path folder) implements Origin {
    private static final int MAX_DEPTH = 9;
    private static final int MAX_FOLDERS = 5_000;
    private static final Set<String> LEFT_OUT = Set.of("target", "build", "out", "bin", "node_modules");

    @Override
    public Optional<Found> find(SourcePath path, String commit) throws IOException {
        Path root = folder.toRealPath();
        List<Path> found = new ArrayList<>();
        for (Path base : roots(root)) {
            Path file = base.resolve(path.text());
            if (Files.isRegularFile(file) && file.toRealPath().startsWith(root) && Files.size(file) <= MAX_BYTES) {
                found.add(file);
            }
        }
        found.sort((a, b) -> LIKELIEST.compare(slashed(root, a), slashed(root, b)));
        return found.isEmpty() ? Optional.empty() : Optional.of(read(found.get(0)));
    }

    private static Found read(Path file) throws IOException {
        // another encoding's bytes become the replacement character, which does no harm
        return new Found(
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8), "folder", file.toString(), "", "");
    }

    private static String slashed(Path root, Path file) {
        return "/" + root.relativize(file).toString().replace('\\', '/');
    }

    /** Every folder that packages may begin in. */
    private static List<Path> roots(Path root) throws IOException {
        List<Path> roots = new ArrayList<>();
        Files.walkFileTree(
                root, EnumSet.noneOf(java.nio.file.FileVisitOption.class), MAX_DEPTH, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                        String name = String.valueOf(each.getFileName());
                        if (!each.equals(root) && (name.startsWith(".") || LEFT_OUT.contains(name))) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        roots.add(each);
                        return roots.size() < MAX_FOLDERS ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) {
                        return FileVisitResult.CONTINUE; // what can't be read is not there
                    }
                });
        return roots;
    }
}
