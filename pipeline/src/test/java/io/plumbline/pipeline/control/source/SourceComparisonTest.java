package io.plumbline.pipeline.control.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.pipeline.control.source.SourceComparison.Mismatch;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SourceComparisonTest {
    private static final String SOURCE = """
            package shop;
            /* a comment
               over lines */ class Order {
                // nothing here
                int total() {

                    return sum("//", '"', \"""
                        text // no comment
                        \""");
                }
            }
            """;

    private static Optional<Mismatch> with(Object... linesAndMethods) {
        TreeMap<Integer, Set<String>> lines = new TreeMap<>();
        for (int i = 0; i < linesAndMethods.length; i += 2) {
            lines.put((Integer) linesAndMethods[i], Set.of((String) linesAndMethods[i + 1]));
        }
        return new SourceComparison(SOURCE).with(lines, true);
    }

    @Test
    void whatFits_isNoMismatch() {
        assertThat(with(3, "<init>", 7, "total", 8, "total", 9, "lambda$total$0", 10, "values"))
                .isEmpty();
    }

    @Test
    void blankLinesAndComments_andWhatIsBeyondTheEnd_areSaidInASentence() {
        assertThat(with(2, "total", 4, "total", 6, "total", 7, "total"))
                .hasValue(new Mismatch(
                        "lines",
                        "3 of 4 lines with code are blank or comments in this source: it is of another version",
                        0.75));
        assertThat(with(7, "total", 12, "total").orElseThrow().detail())
                .isEqualTo("1 of 2 lines with code are beyond this source's end: it is of another version");
        assertThat(with(1, "x", 4, "total", 90, "total").orElseThrow().detail())
                .startsWith("1 of 3 lines with code are blank or comments in this source, and 1 are beyond its end");
    }

    @Test
    void methodsThatAreNotNamed_areSaid() {
        Mismatch mismatch = with(5, "total", 7, "tax").orElseThrow();

        assertThat(mismatch.reason()).isEqualTo("methods");
        assertThat(mismatch.detail())
                .isEqualTo("1 of 2 methods that run are not named in this source (tax): it is of another version");
        assertThat(mismatch.share()).isEqualTo(0.5);
    }
}
