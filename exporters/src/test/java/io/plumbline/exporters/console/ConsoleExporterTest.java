package io.plumbline.exporters.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.ExporterKit;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.MetricInfo;
import io.plumbline.exporters.signal.Resource;
import io.plumbline.exporters.signal.Signal;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleExporterTest extends ExporterKit {

    private final StringBuilder written = new StringBuilder();

    @Override
    protected ExporterFactory factory() {
        return new ConsoleExporterFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("console.color", "never");
    }

    @Test
    void export_log_isOneLine() {
        write(false, TestSignals.log("u1", "cart has 3 items"));

        assertThat(written.toString()).isEqualTo("10:31:07.250 shop/4f2a1c9e probe-7 Cart.java:118 cart has 3 items\n");
    }

    @Test
    void export_snapshot_showsItsVariables() {
        write(false, TestSignals.snapshot("uid", Map.of("total", 2.5)));
        write(false, TestSignals.snapshot("uid", Map.of("text", "x".repeat(5_000) + "\n")));

        assertThat(written.toString().lines().toList())
                .hasSize(2)
                .first()
                .isEqualTo(
                        "10:31:07.250 shop/4f2a1c9e probe-7 Cart.java:118 snapshot at shop.Cart.add:118 {total=2.5}");
        assertThat(written.toString()).endsWith("xxx…\n").hasSizeLessThan(1_300);
    }

    @Test
    void export_counter_isNameLabelsValue() {
        write(false, TestSignals.sum("cart.adds", Map.of("currency", "EUR"), 1, TestSignals.TIME, 12));

        assertThat(written.toString()).isEqualTo("10:31:07.250 shop/4f2a1c9e probe-7 cart.adds{currency=\"EUR\"} 12\n");
    }

    @Test
    void export_histogram_showsCountAndSum() {
        write(false, TestSignals.histogram(new MetricInfo("cart.time", "", "ms"), Map.of()));

        assertThat(written.toString()).endsWith(" cart.time count=4 sum=523.5 ms\n");
    }

    @Test
    void export_exponentialHistogram_showsCountAndSum() {
        write(false, TestSignals.exponential(new MetricInfo("cart.size", "", ""), Map.of()));

        assertThat(written.toString()).endsWith(" cart.size count=7 sum=17.5\n");
    }

    @Test
    void export_foreignLog_showsWhatThereIs() {
        write(false, new LogSignal(Resource.of(Map.of()), 0, 0, 17, "ERROR", "boom", Map.of(), "", "", "", 10));

        assertThat(written.toString()).isEqualTo("00:00:00.000 ? ERROR boom\n");
    }

    @Test
    void export_controlCharacters_cannotForgeLinesOrSteerTheTerminal() {
        write(false, TestSignals.log("u1", "a\nb\r\u001b[2Jc\u0085d\u202ee\u2028f"));

        assertThat(written.toString())
                .endsWith("a\\nb\\r\\u001b[2Jc\\u0085d\\u202ee\\u2028f\n")
                .hasLineCount(1);
    }

    @Test
    void export_colored_hasColorsAroundEscapedText() {
        write(true, TestSignals.log("u1", "x"));

        assertThat(written.toString()).startsWith("\u001b[90m10:31:07.250\u001b[0m \u001b[36mshop/4f2a1c9e\u001b[0m ");
    }

    @Test
    void export_destinationBroken_isRetried() {
        Appendable broken = new BrokenAppendable();

        assertThat(ConsoleExporter.to(broken, false, ZoneOffset.UTC).export(List.of(TestSignals.log("u", "x"))))
                .isInstanceOf(Outcome.Retry.class);
    }

    private void write(boolean colored, Signal signal) {
        ConsoleExporter.to(written, colored, ZoneOffset.UTC).export(List.of(signal));
    }

    private static final class BrokenAppendable implements Appendable {
        @Override
        public Appendable append(CharSequence text) throws IOException {
            throw new IOException("no space left");
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) throws IOException {
            throw new IOException("no space left");
        }

        @Override
        public Appendable append(char c) throws IOException {
            throw new IOException("no space left");
        }
    }
}
