package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What may differ from what a page shows, and what may not. */
class DocOutputTest {
    private static final String SAID = "installed at 1 of 1 site on shop-3170-c6d0 after 1084 ms\nA  B  88\n";

    @Test
    void numbersTimesIdsAndWidths_mayDiffer() {
        assertThat(DocOutput.isAsShown(
                        List.of("installed at 1 of 1 site on shop-4711-2f after 1.4 s", "A     B   9"), SAID))
                .isTrue();
    }

    @Test
    void words_mayNot() {
        assertThat(DocOutput.isAsShown(
                        List.of("rejected at 1 of 1 site on shop-3170-c6d0 after 1084 ms", "A  B  88"), SAID))
                .isFalse();
    }

    @Test
    void linesLeftOut_areSaidToBe() {
        assertThat(DocOutput.isAsShown(List.of("A  B  88"), SAID)).isFalse();
        assertThat(DocOutput.isAsShown(List.of("…", "A  B  88"), SAID)).isTrue();
        assertThat(DocOutput.isAsShown(List.of("installed … 84 ms"), SAID)).isFalse();
        assertThat(DocOutput.isAsShown(List.of("installed … 84 ms", "…"), SAID)).isTrue();
        assertThat(DocOutput.beginsAsShown(List.of("installed … 84 ms"), SAID)).isTrue();
    }

    @Test
    void lineThatDoesNotCome_isMissed() {
        assertThat(DocOutput.isAsShown(List.of("…", "nothing of the kind", "…"), SAID))
                .isFalse();
    }
}
