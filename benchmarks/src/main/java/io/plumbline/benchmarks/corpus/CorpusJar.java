package io.plumbline.benchmarks.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A jar of the corpus.
 *
 * @param group as in Maven
 * @param language that it was written in, as people say it
 */
record CorpusJar(String group, String artifact, String version, String language) {

    /**
     * Reads a list: {@code group:artifact:version language} on each line; {@code #} begins a comment.
     *
     * @throws IllegalArgumentException for a line of another form
     */
    static List<CorpusJar> readAll(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(CorpusJar::read)
                .toList();
    }

    private static CorpusJar read(String line) {
        String[] words = line.split("\\s+");
        String[] parts = words[0].split(":");
        if (words.length != 2 || parts.length != 3) {
            throw new IllegalArgumentException("a line of the corpus is group:artifact:version language, as in"
                    + " com.google.guava:guava:33.5.0-jre java; this is none: " + line);
        }
        return new CorpusJar(parts[0], parts[1], parts[2], words[1]);
    }

    /** The file's name, as Maven gives it. */
    String fileName() {
        return artifact + "-" + version + ".jar";
    }
}
