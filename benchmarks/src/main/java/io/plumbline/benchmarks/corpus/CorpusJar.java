package io.plumbline.benchmarks.corpus;

import io.plumbline.benchmarks.jars.ListFile;
import io.plumbline.benchmarks.jars.MavenJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A jar of the corpus.
 *
 * @param language that it was written in, as people say it
 */
record CorpusJar(MavenJar jar, String language) {

    /**
     * Reads a list: {@code group:artifact:version language} on each line.
     *
     * @throws IllegalArgumentException for a line of another form
     */
    static List<CorpusJar> readAll(Path file) throws IOException {
        return ListFile.read(file).stream().map(CorpusJar::of).toList();
    }

    private static CorpusJar of(List<String> words) {
        if (words.size() != 2) {
            throw new IllegalArgumentException(
                    "a line of the corpus is a jar and its language; this is none: " + String.join(" ", words));
        }
        return new CorpusJar(MavenJar.parse(words.get(0)), words.get(1));
    }

    String fileName() {
        return jar.fileName();
    }

    /** The artifact's name. */
    String name() {
        return jar.artifact();
    }
}
