package io.plumbline.config.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.config.expression.Code;
import io.plumbline.config.text.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes out on the wire comes back equal. */
class WireRoundTripTest {
    private final RandomProbes random = new RandomProbes(7);

    @Test
    void wire_ofJson_isTheProbe() {
        for (int i = 0; i < 1_000; i++) {
            Probe probe = random.next();

            assertThat(ProbeReader.wire(ProbeWriter.json(probe))).isEqualTo(probe);
        }
    }

    @Test
    void wire_labelOrder_isKept() {
        Map<String, Code> labels = new LinkedHashMap<>();
        for (String name : List.of("z", "a", "m")) {
            labels.put(name, Code.parse(name));
        }
        Probe probe = random.with(List.of(new Action.Count("c", "", "", labels, Optional.empty(), false)));

        Probe read = ProbeReader.wire(ProbeWriter.json(probe));

        assertThat(read.metrics().get(0).labels().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void wire_fleetHits_comeBack() {
        Probe probe = ProbeReader.wire(
                "{\"id\":\"a\",\"at\":\"X:1\",\"log\":\"hi\",\"expires\":9,\"limits\":{\"fleet-hits\":10}}");

        assertThat(probe.limits().fleetHits()).isEqualTo(10);
        assertThat(ProbeReader.wire(ProbeWriter.json(probe))).isEqualTo(probe);
    }

    @Test
    void wire_notJson_isRefused() {
        assertThatThrownBy(() -> ProbeReader.wire("{")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> ProbeReader.wire("{} {}")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> ProbeReader.wire("[1]")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> ProbeReader.wire("{\"id\":\"a\",\"for\":\"1h\"}"))
                .hasMessageContaining("unknown key 'for' in a probe");
    }
}
