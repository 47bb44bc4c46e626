package io.plumbline.config.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The messages that docs/troubleshooting.md explains are those that the program says. */
class DocumentedMessagesTest {
    private static final Path REPOSITORY = Path.of("..");
    /** The first cell of a table's row. */
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)`");
    /** Where a text goes on in the next literal, whatever stands between. */
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");

    @Test
    void explainedMessages_areInTheSources() throws IOException {
        String sources = sources();
        List<String> gone = new ArrayList<>();
        Matcher message = MESSAGE.matcher(Files.readString(REPOSITORY.resolve("docs/troubleshooting.md")));
        int count = 0;
        while (message.find()) {
            count++;
            for (String part : message.group(1).split("…")) {
                if (!part.isBlank() && !sources.contains(part.strip())) {
                    gone.add(part);
                }
            }
        }

        assertThat(gone).isEmpty();
        assertThat(count).isGreaterThan(40);
    }

    private static String sources() throws IOException {
        List<Path> files = new ArrayList<>(List.of(REPOSITORY.resolve("plumb")));
        for (String module : List.of("config", "probe-agent", "exporters", "pipeline")) {
            try (Stream<Path> all = Files.walk(REPOSITORY.resolve(module).resolve("src/main/java"))) {
                all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        return files.stream().map(DocumentedMessagesTest::text).collect(Collectors.joining("\n"));
    }

    private static String text(Path file) {
        try {
            return JOINED.matcher(Files.readString(file)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
