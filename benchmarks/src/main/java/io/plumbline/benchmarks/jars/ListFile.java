package io.plumbline.benchmarks.jars;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A text file with words on each line; {@code #} begins a comment. */
public final class ListFile {

    private ListFile() {}

    /** The words of each line that has any. */
    public static List<List<String>> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> List.of(line.split("\\s+")))
                .toList();
    }
}
