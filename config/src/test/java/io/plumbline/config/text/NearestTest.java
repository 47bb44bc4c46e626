package io.plumbline.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
}
