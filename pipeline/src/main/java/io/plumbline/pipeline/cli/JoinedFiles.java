package io.plumbline.pipeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Several files of probes as one text of several YAML documents, so that they are taken whole or not at all. Knows
 * which line of the text came from which file.
 */
final class JoinedFiles {
    private static final String SEPARATOR = "---\n";

    private final StringBuilder text = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();

    /** @param firstLine in the joined text, from 1 */
    private record Part(String name, int firstLine) {}

    /** @param names files; {@code -} stands for the input */
    static JoinedFiles read(List<String> names, InputStream input) {
        JoinedFiles joined = new JoinedFiles();
        for (String name : names) {
            joined.add(name.equals("-") ? "standard input" : name, text(name, input));
        }
        return joined;
    }

    private void add(String name, String content) {
        if (!parts.isEmpty()) {
            text.append(SEPARATOR);
        }
        int firstLine = 1 + (int) text.chars().filter(c -> c == '\n').count();
        parts.add(new Part(name, firstLine));
        text.append(content).append(content.endsWith("\n") ? "" : "\n");
    }

    /**
     * Sends them; the answer as it came.
     *
     * @throws Failure that names the file and place at fault
     */
    String send(Submission submission, String query) {
        try {
            return submission.send(text(), name(), query);
        } catch (ApiClient.InvalidRequest e) {
            throw Failure.badInput(place(e.line(), e.column()) + e.getMessage());
        }
    }

    String text() {
        return text.toString();
    }

    String name() {
        return parts.size() == 1 ? parts.get(0).name() : Text.count(parts.size(), "file");
    }

    /** {@code probes.yaml:3:5: } for a place in the joined text. */
    String place(int line, int column) {
        if (line == 0) {
            return parts.size() == 1 ? name() + ": " : "";
        }
        Part part = parts.get(0);
        for (Part next : parts) {
            part = next.firstLine() <= line ? next : part;
        }
        return part.name() + ":" + (line - part.firstLine() + 1) + (column > 0 ? ":" + column : "") + ": ";
    }

    private static String text(String name, InputStream input) {
        try {
            return name.equals("-")
                    ? new String(input.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(name), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw Failure.badInput("there is no file " + name);
        } catch (IOException e) {
            throw Failure.badInput("can't read " + name + " as text: " + e.getMessage());
        }
    }
}
