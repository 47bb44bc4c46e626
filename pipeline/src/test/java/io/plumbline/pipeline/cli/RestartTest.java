package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.pipeline.cli.PipelineProcess.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All of {@code plumb up}, twice on the same folder. */
final class RestartTest {
    @TempDir
    Path data;

    @Test
    void probesAndSwitch_areThereAgain_unlessAFreshStartIsWanted() {
        try (PipelineProcess process = start(false)) {
            assertThat(process.hasOwnBroker()).isTrue();
            Run add = Run.plumb("probe", "add", "shop.Cart:118", "--log", "x", "--no-wait", "--data", data.toString());
            assertThat(add.code()).as(add.err()).isZero();
            Run.plumb("off", "cart-118-log", "--data", data.toString());
        }
        assertThat(Run.plumb("probe", "list", "--data", data.toString()).code()).isEqualTo(Failure.UNREACHABLE);

        try (PipelineProcess process = start(false)) {
            assertThat(process.health()).hasSize(1);
            assertThat(Run.plumb("probe", "list", "--data", data.toString()).out())
                    .containsPattern("cart-118-log +shop.Cart:118 +off");
        }
        try (PipelineProcess process = start(true)) {
            assertThat(process.health()).hasSize(1);
            assertThat(Run.plumb("probe", "list", "--data", data.toString()).out())
                    .contains("No probes are set");
        }
    }

    private PipelineProcess start(boolean fresh) {
        PipelineSettings settings = PipelineSettings.of(List.of("prometheus"), Map.of("prometheus.port", "0"));
        return PipelineProcess.start(new Plan(data, null, 0, 0, fresh, settings));
    }
}
