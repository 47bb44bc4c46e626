package io.plumbline.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "abc, abd, 1",
        "abc, ac, 1",
        "abc, xabc, 1",
        "kitten, sitting, 3",
        "ab, ba, 2"
    })
    void distance_countsEdits(String a, String b, int edits) {
        assertThat(Nearest.distance(a, b)).isEqualTo(edits);
        assertThat(Nearest.distance(b, a)).isEqualTo(edits);
    }

    @Test
    void to_picksTheNearestThenTheFirst() {
        assertThat(Nearest.to("histogramm", List.of("log", "histogram"))).hasValue("histogram");
        assertThat(Nearest.to("LOG", List.of("lag", "log"))).hasValue("log");
        assertThat(Nearest.to("lo", List.of("lot", "log"))).hasValue("log");
        assertThat(Nearest.to("xyz", List.of("log"))).isEmpty();
        assertThat(Nearest.to("x", List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5, '2, 4, 7, 9'", "1, '2, 4'", "100, '9, 12'", "8, '4, 7, 9, 12'"})
    void lines_areTwoOnEachSide(int line, String lines) {
        assertThat(Nearest.lines(new TreeSet<>(List.of(2, 4, 7, 9, 12)), line)).isEqualTo(lines);
    }

    @Test
    void lines_ofNone_isEmpty() {
        assertThat(Nearest.lines(new TreeSet<>(), 5)).isEmpty();
    }
}
