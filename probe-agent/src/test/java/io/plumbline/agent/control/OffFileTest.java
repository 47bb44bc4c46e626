package io.plumbline.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffFileTest {
    @TempDir
    private Path folder;

    private long nanos = Long.MAX_VALUE - 1;

    private OffFile at(Path file) {
        return new OffFile(file.toFile(), () -> nanos);
    }

    private boolean hasChangedLater(OffFile file) {
        nanos += Duration.ofSeconds(1).toNanos();
        return file.hasChanged();
    }

    @Test
    void hasChanged_fileComesAndGoes_isSaidOnce() throws IOException {
        Path path = folder.resolve("off");
        OffFile file = at(path);

        assertThat(file.hasChanged()).isFalse();
        assertThat(file.isThere()).isFalse();
        Files.createFile(path);
        assertThat(hasChangedLater(file)).isTrue();
        assertThat(file.isThere()).isTrue();
        assertThat(hasChangedLater(file)).isFalse();
        Files.delete(path);
        assertThat(hasChangedLater(file)).isTrue();
        assertThat(file.isThere()).isFalse();
    }

    @Test
    void hasChanged_askedAtOnce_doesNotLookAgain() throws IOException {
        Path path = folder.resolve("off");
        OffFile file = at(path);
        assertThat(file.hasChanged()).isFalse();
        Files.createFile(path);

        assertThat(file.hasChanged()).isFalse();
        assertThat(hasChangedLater(file)).isTrue();
    }

    @Test
    void hasChanged_thereAtTheStart_isAChange() throws IOException {
        OffFile file = at(Files.createFile(folder.resolve("off")));

        assertThat(file.hasChanged()).isTrue();
        assertThat(file.reason()).contains(folder.resolve("off").toString(), "remove the file");
    }

    /** A link may lead anywhere: what it leads to is not opened, and one that leads nowhere is no file. */
    @Test
    void hasChanged_links_areNotRead() throws IOException {
        Path target = Files.createFile(folder.resolve("target"));
        OffFile leading = at(Files.createSymbolicLink(folder.resolve("leading"), target));
        OffFile dangling = at(Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing")));

        assertThat(leading.hasChanged()).isTrue();
        assertThat(dangling.hasChanged()).isFalse();
        assertThat(target).isEmptyFile();
    }

    @Test
    void usual_isNamedAfterTheProcess() {
        assertThat(OffFile.usual("/tmp", 17)).hasToString("/tmp/plumbline-17.off");
    }
}
