package io.plumbline.pipeline.control.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * A {@code -sources.jar}, or a folder of such. Of several that have a file the last by name counts, which is the latest version where they are
 * called so.
 */
record JarOrigin(Path place) implements Origin {
    private static final int MAX_JARS = 1_000;

    @Override
    public Optional<Found> find(SourcePath path, String commit) throws IOException {
        for (Path jar : jars()) {
            Optional<Found> found = in(jar, path);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private List<Path> jars() throws IOException {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(place, "*-sources.jar")) {
            for (Path jar : all) {
                if (jars.size() < MAX_JARS) {
                    jars.add(jar);
                }
            }
        }
        jars.sort((a, b) -> b.compareTo(a));
        return jars;
    }

    private static Optional<Found> in(Path jar, SourcePath path) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            ZipEntry entry = file.getEntry(path.text());
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = file.getInputStream(entry)) {
                byte[] bytes = in.readNBytes(MAX_BYTES + 1);
                return bytes.length > MAX_BYTES
                        ? Optional.empty()
                        : Optional.of(new Found(
                                new String(bytes, StandardCharsets.UTF_8),
                                "sources-jar",
                                jar + "!/" + path.text(),
                                "",
                                ""));
            }
        }
    }
}
