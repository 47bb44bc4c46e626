package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The switch by a file, against JVMs that carry an agent's marks. */
class HostSwitchTest {
    @TempDir
    private Path folder;

    private Process process;

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private String pid() {
        return Long.toString(process.pid());
    }

    @Test
    void off_makesTheFileThatTheAgentNames_forItsOwnerAlone_andOnRemovesIt() throws IOException {
        Path file = folder.resolve("shop.off");
        process = JvmsTest.jvm("-Dplumbline.off-file=" + file);

        Run off = Run.plumb("off", "--pid", pid());

        assertThat(off.err()).isEmpty();
        assertThat(off.out()).contains("made " + file, "on --pid " + pid());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Run.plumb("off", "--pid", pid()).out()).contains("there is already " + file);
        assertThat(Run.plumb("on", "--pid", pid()).out()).contains("removed " + file);
        assertThat(file).doesNotExist();
        assertThat(Run.plumb("on", "--pid", pid(), "--json").out()).contains("\"off\":false", "\"changed\":false");
    }

    @Test
    void off_ofAProcessWithoutAnAgent_saysSo_andMakesNothing() throws IOException {
        process = JvmsTest.jvm("-Dx=y");

        Run off = Run.plumb("off", "--pid", pid());

        assertThat(off.code()).isEqualTo(1);
        assertThat(off.err()).contains("process " + pid() + " has no agent");
        assertThat(Run.plumb("off", "--pid", "4194304000").err()).contains("there is no process 4194304000");
    }

    @Test
    void off_aJvmThatLetsNobodyIn_takesTheUsualPlace_orTheOneNamed() throws IOException {
        process = JvmsTest.jvm("-XX:+DisableAttachMechanism");
        Path usual = Path.of(System.getProperty("java.io.tmpdir"), "plumbline-" + pid() + ".off");
        Path named = folder.resolve("named.off");

        assertThat(Run.plumb("off", "--pid", pid()).out()).contains("can't be asked", "--file", "made " + usual);
        assertThat(Run.plumb("on", "--pid", pid()).out()).contains("removed " + usual);
        assertThat(Run.plumb("off", "--pid", pid(), "--file", named.toString()).out())
                .contains("made " + named);
        assertThat(named).exists();
    }

    /** Somebody may have laid a link where the file is to be. */
    @Test
    void turn_throughALink_touchesNothingBehindIt() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("link.off"), precious);
        process = JvmsTest.jvm("-Dplumbline.off-file=" + link);

        assertThat(Run.plumb("off", "--pid", pid()).out()).contains("there is already");
        assertThat(Run.plumb("on", "--pid", pid()).out()).contains("removed " + link);

        assertThat(precious).hasContent("kept");
        Path nowhere = folder.resolve("nowhere");
        Files.createSymbolicLink(link, nowhere);
        assertThat(Run.plumb("off", "--pid", pid()).err()).contains("is a link that leads nowhere");
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void turn_badInput_isASentence() throws IOException {
        assertThat(Run.plumb("off", "--pid", "1", "--instance", "shop-1").err()).contains("not two of them");
        assertThat(Run.plumb("on", "--file", "x.off").err()).contains("--file belongs to --pid");
        process = JvmsTest.jvm("-Dplumbline.off-file=" + folder);
        assertThat(Run.plumb("on", "--pid", pid()).err()).contains("is a folder");
        assertThat(Run.plumb("off", "--pid", pid(), "--file", "/nowhere/at/all.off")
                        .err())
                .contains("can't make /nowhere/at/all.off");
    }
}
