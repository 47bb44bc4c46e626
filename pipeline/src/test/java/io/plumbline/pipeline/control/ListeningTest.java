package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ListeningTest {
    @Test
    void byDefault_onlyThisMachineIsLetIn() {
        assertThat(Listening.of(Map.of())).extracting(Listening::host).isEqualTo("127.0.0.1");
        assertThat(Listening.LOOPBACK.url(7077)).isEqualTo("http://127.0.0.1:7077");
    }

    @Test
    void url_isWhereProgramsOnThisMachineReachIt() {
        assertThat(Listening.of(Map.of("control.host", "0.0.0.0")).url(1)).isEqualTo("http://127.0.0.1:1");
        assertThat(Listening.of(Map.of("control.host", "127.0.0.2")).url(1)).isEqualTo("http://127.0.0.2:1");
        assertThat(Listening.of(Map.of("control.host", "::1")).url(1)).isEqualTo("http://[::1]:1");
    }

    @Test
    void wrongSettings_nameKeyAndRemedy() {
        assertThatThrownBy(() -> Listening.of(Map.of("control.host", "no such host")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("control.host is an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all:"
                        + " no such host");
        assertThatThrownBy(() -> Listening.of(Map.of("control.names", "a.example,https://b.example")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("control.names are names of hosts without ports")
                .hasMessageEndingWith(": https://b.example");
    }
}
