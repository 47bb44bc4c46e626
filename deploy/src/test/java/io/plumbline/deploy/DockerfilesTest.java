package io.plumbline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that matter, of those that hadolint has; {@code docs/deployment.md} says how to run hadolint itself. */
class DockerfilesTest {
    static List<Path> dockerfiles() {
        return Tree.files("deploy/docker", ".Dockerfile");
    }

    @ParameterizedTest
    @MethodSource("dockerfiles")
    void ours_keepTheRules(Path file) {
        assertThat(broken(instructions(Tree.text(file)))).isEmpty();
    }

    @Test
    void rules_seeWhatIsWrong() {
        assertThat(broken(instructions("FROM debian\nADD https://example.com/a.jar /a.jar\nUSER root\n")))
                .hasSize(5);
        assertThat(broken(instructions("FROM debian:latest\nUSER 1:1\nUSER 0\nHEALTHCHECK NONE\nCMD [\"a\"]")))
                .hasSize(2);
    }

    @Test
    void all_areThere() {
        assertThat(dockerfiles())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("agent.Dockerfile", "demo.Dockerfile", "pipeline.Dockerfile");
    }

    /** What COPY takes from an unpacked release; {@code ReleaseIT} looks it up there. */
    static List<String> copied(Path file) {
        return instructions(Tree.text(file)).stream()
                .filter(line -> line.startsWith("COPY "))
                .flatMap(line -> {
                    List<String> words = Stream.of(line.split("\\s+"))
                            .filter(word -> !word.startsWith("--"))
                            .toList();
                    return words.subList(1, words.size() - 1).stream();
                })
                .toList();
    }

    private static List<String> broken(List<String> lines) {
        List<String> broken = new ArrayList<>();
        List<String> from =
                lines.stream().filter(line -> line.startsWith("FROM ")).toList();
        if (from.isEmpty() || !from.stream().allMatch(line -> Tree.isPinned(line.split("\\s+")[1]))) {
            broken.add("base images have a tag that says which: " + from);
        }
        lines.stream().filter(line -> line.startsWith("ADD ")).forEach(line -> broken.add("COPY, not ADD: " + line));
        List<String> user =
                lines.stream().filter(line -> line.startsWith("USER ")).toList();
        String last = user.isEmpty() ? "" : user.get(user.size() - 1);
        // a number, for runAsNonRoot can't tell of a name
        if (!last.matches("USER [1-9][0-9]*:[1-9][0-9]*")) {
            broken.add("it ends as a user that is a number and not root: " + last);
        }
        if (lines.stream().noneMatch(line -> line.startsWith("HEALTHCHECK "))) {
            broken.add("it says how its health is checked, or that it is not");
        }
        if (lines.stream().noneMatch(line -> line.startsWith("CMD [") || line.startsWith("ENTRYPOINT ["))) {
            broken.add("it says what to run, as a list, so that signals reach it");
        }
        return broken;
    }

    /** Without comments, each on one line. */
    private static List<String> instructions(String text) {
        return text.replaceAll("(?m)^\\s*#.*\\n", "")
                .replaceAll("\\\\\\n\\s*", "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
