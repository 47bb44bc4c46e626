package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.pipeline.support.Eventually;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {
    @TempDir
    Path folder;

    @Test
    void close_endsTheProgram() throws Exception {
        ChildProcess child = ChildProcess.start(
                "sleeper", List.of("sh", "-c", "echo listening on http://here; exec sleep 600"), folder);
        assertThat(child.awaitAddress(Duration.ofSeconds(10))).isEqualTo("http://here");

        child.close();

        assertThat(child.isRunning()).isFalse();
    }

    @Test
    void program_thatEnds_saysWhereToLook() {
        ChildProcess child = ChildProcess.start("liar", List.of("sh", "-c", "echo no; exit 1"), folder);

        assertThatThrownBy(() -> child.awaitAddress(Duration.ofSeconds(10)))
                .hasMessageContaining("liar ended before it listened")
                .hasMessageContaining(folder.resolve("liar.log").toString());
        child.close();
    }

    @Test
    void killOfTheParent_endsTheProgramToo() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        folder.toString())
                .start();
        try (BufferedReader out = parent.inputReader()) {
            ProcessHandle program =
                    ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
            assertThat(program.isAlive()).isTrue();

            parent.destroyForcibly();

            Eventually.isTrue(() -> !program.isAlive());
        }
    }

    /** Starts a program, tells its process id and waits. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws InterruptedException {
            ChildProcess child = ChildProcess.start(
                    "sleeper", List.of("sh", "-c", "echo listening on $$; exec sleep 600"), Path.of(args[0]));
            System.out.println(child.awaitAddress(Duration.ofSeconds(10)));
            Thread.currentThread().join();
        }
    }
}
