package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.pipeline.support.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attaching to processes of this machine, real ones. */
final class JvmsTest {
    @TempDir
    Path folder;

    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void attach_toNoProcess_saysHowToFindOne() {
        assertThatThrownBy(() -> Jvms.attach(4_194_304_000L, folder, "")).hasMessageContaining("there is no process");
    }

    @Test
    void attach_toWhatIsNoJvm_leavesItAlive() throws IOException {
        process = new ProcessBuilder("sleep", "60").start();

        assertThatThrownBy(() -> Jvms.attach(process.pid(), folder, ""))
                .hasMessageContaining("is no JVM")
                .hasMessageContaining("lists those there are");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void attach_whereItIsSwitchedOff_namesTheOtherWay() throws Exception {
        process = jvm("-XX:+DisableAttachMechanism");
        Path jar = MarkingAgent.jar(folder.resolve("agent.jar"));

        assertThatThrownBy(() -> Jvms.attach(process.pid(), jar, "kafka=k:9092"))
                .hasMessageContaining("-javaagent:" + jar + "=kafka=k:9092");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void attach_withAnAgentThatFails_saysSo() throws Exception {
        process = jvm("-Dx=y");
        Path jar = MarkingAgent.jar(folder.resolve("agent.jar"));

        assertThatThrownBy(() -> Jvms.attach(process.pid(), jar, "kafka=no.such.host.invalid:1,service=s"))
                .hasMessageContaining("the agent did not start in process " + process.pid());
    }

    @Test
    void list_hasJvms_butNotThisOne() throws Exception {
        process = jvm("-Dx=y");

        assertThat(Jvms.list())
                .anyMatch(jvm -> jvm.pid().equals(Long.toString(process.pid())))
                .noneMatch(jvm ->
                        jvm.pid().equals(Long.toString(ProcessHandle.current().pid())));
    }

    /** A program that waits; there when the list has it, or, for one that hides, when it has had its time. */
    static Process jvm(String option) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), option));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Waiting.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Eventually.isTrue(() -> {
            try {
                return process.getInputStream().available() > 0;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        return process;
    }

    /** Says that it is there, and waits. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String[] args) throws InterruptedException {
            System.out.println("here");
            Thread.currentThread().join();
        }
    }
}
