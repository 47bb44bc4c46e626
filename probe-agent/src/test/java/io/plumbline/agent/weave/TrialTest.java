package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.TrialReply;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an agent answers that is asked what would become of a probe. */
class TrialTest {
    private static final String CLASS = "shop.Till";
    private static final int LINE = 8;
    private static final String SOURCE = """
            package shop;
            public final class Till {
                private final String cardNumber = "4711";
                private final int cents = 1;
                public static void run() { new Till().sum("x"); }
                int sum(String text) { return text.length() + cardNumber.length(); }
                int sum(java.util.List<Integer> items, String password) {
                    return java.util.Collections.max(items, (a, b) -> a - b + cents + password.length());
                }
            }
            """;

    private final WeaveFixture fixture = new WeaveFixture();
    /** One for all tests: every loader that has the class would be meant. */
    private static Compiled program;

    @AfterEach
    void restore() {
        fixture.close();
    }

    private TrialReply.Part attempt(String probe) throws ReflectiveOperationException {
        if (program == null) {
            program = new Compiled(CLASS, SOURCE, "-g");
            program.call(CLASS, "run");
        }
        String yaml = probe.replace("Till", CLASS).replace("LINE", String.valueOf(LINE));
        return fixture.weaver.attempt(WeaveFixture.armed(yaml, new WeaveFixture.RecordingTap()), "");
    }

    @Test
    void attempt_fits_namesStatementAndLambda_andLeavesTheClassAsItIs() throws ReflectiveOperationException {
        TrialReply.Part part = attempt("{at: 'Till:LINE', snapshot: true}");

        assertThat(part.state()).isEqualTo(ProbeState.INSTALLED);
        assertThat(part.problem()).isEmpty();
        assertThat(part.sites())
                .extracting(site -> site.method().replaceAll("\\(.*", ""))
                .contains("sum")
                .anyMatch(method -> method.startsWith("lambda$sum$"));
        assertThat(part.sites())
                .allMatch(site -> site.line() == LINE && site.problem().isEmpty());
        assertThat(part.hidden()).containsExactly("password", "this.cardNumber");
        assertThat(part.classes())
                .containsOnlyKeys(CLASS)
                .allSatisfy((type, digest) -> assertThat(digest).matches("[0-9a-f]{12}"));
        assertThat(fixture.weaver.weaves("till")).isZero();
    }

    @Test
    void attempt_againAndWithAProbeThere_saysTheSameCode() throws ReflectiveOperationException {
        TrialReply.Part before = attempt("{at: 'Till#sum(String):entry', count: n}");
        fixture.set("{id: there, at: '" + CLASS + "#sum:entry', count: n}");

        TrialReply.Part after = attempt("{at: 'Till#sum(String):entry', count: n}");

        assertThat(after).isEqualTo(before);
        assertThat(after.sites()).hasSize(1);
    }

    @Test
    void attempt_doesNotFit_saysWhatARejectedProbeWould() throws ReflectiveOperationException {
        assertThat(attempt("{at: 'Till:LINE', log: '{cent + 1}'}").problem()).contains("no variable 'cent' here");
        assertThat(attempt("{at: 'Till:LINE', log: '{password}'}").problem().toLowerCase(Locale.ROOT))
                .contains("password");
        assertThat(attempt("{at: 'Till:1', log: x}").problem()).contains("no code at line 1 of " + CLASS, "nearest: ");
        assertThat(attempt("{at: 'Till#sums:entry', log: x}").problem()).contains("did you mean 'sum'?");
        assertThat(attempt("{at: 'Till:1', log: x}").state()).isEqualTo(ProbeState.REJECTED);
    }

    @Test
    void attempt_notLoaded_wouldWait() throws ReflectiveOperationException {
        TrialReply.Part part = attempt("{at: 'shop.Nowhere:3', log: x}");

        assertThat(part.state()).isEqualTo(ProbeState.PENDING);
        assertThat(part.problem()).contains("no class shop.Nowhere is loaded", "the probe would wait for it");
    }
}
