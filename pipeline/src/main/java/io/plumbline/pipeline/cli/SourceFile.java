package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A source file on this machine, to be compared with what runs. Where the running side has its source, the hashes decide
 * (line ends apart); else it is asked whether every line with code in the class is one that can have code in the file.
 */
final class SourceFile {
    private static final int MAX_NAMED = 3;

    private final Path path;
    private final String text;

    private SourceFile(Path path, String text) {
        this.path = path;
        this.text = text;
    }

    static SourceFile read(Path path) {
        try {
            return new SourceFile(path, Files.readString(path));
        } catch (IOException e) {
            throw Failure.badInput("the source " + path + " can't be read as UTF-8 text: " + e.getMessage());
        }
    }

    /** What the comparison said. {@code same} is sure; without it and without a difference nothing speaks against it. */
    record Answer(boolean same, String difference) {}

    /**
     * Compares.
     *
     * @param reply the control plane's answer on the lines of the class or file
     */
    Answer compare(JsonObject reply) {
        String name = String.valueOf(path.getFileName());
        List<JsonObject> sources = reply.objects("sources").stream()
                .filter(source ->
                        source.text("file").equals(name) || source.text("file").endsWith("/" + name))
                .toList();
        if (!sources.isEmpty()) {
            Set<String> hashes = hashes();
            boolean same = sources.stream().anyMatch(source -> hashes.contains(source.text("sha256")));
            return new Answer(
                    same,
                    same
                            ? ""
                            : path + " is not what runs: the running program has another "
                                    + sources.get(0).text("file") + " with its classes");
        }
        return new Answer(false, byLines(reply));
    }

    /** Of the file as it is, and with either kind of line end: a checkout may have changed them. */
    private Set<String> hashes() {
        String unix = text.replace("\r\n", "\n");
        return Stream.of(text, unix, unix.replace("\n", "\r\n"))
                .map(SourceFile::sha256)
                .collect(Collectors.toSet());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String byLines(JsonObject reply) {
        Set<Integer> running = new TreeSet<>();
        for (JsonObject line : reply.objects("lines")) {
            if (line.text("file").isEmpty() && line.number("line") > 0) {
                running.add((int) line.number("line"));
            }
        }
        List<SourceLine> lines = SourceLine.of(text);
        List<String> wrong = new ArrayList<>();
        for (int line : running) {
            SourceLine here = line > lines.size() ? SourceLine.BEYOND : lines.get(line - 1);
            if (here != SourceLine.CODE) {
                wrong.add(line + ", where the file " + here.words(lines.size()));
            }
        }
        return wrong.isEmpty()
                ? ""
                : path + " is not what runs: the class has code at line "
                        + wrong.stream().limit(MAX_NAMED).collect(Collectors.joining("; at line "))
                        + (wrong.size() > MAX_NAMED ? "; and so on at " + (wrong.size() - MAX_NAMED) + " more" : "");
    }
}
