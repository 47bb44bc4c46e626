package io.plumbline.exporters.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Exporters;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.SettingsException;
import io.plumbline.exporters.signal.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every exporter must pass, whatever it speaks. A subclass names the factory and settings under which its backend
 * takes everything; one that sends by HTTP extends {@link HttpExporterKit} instead.
 */
@Timeout(60)
public abstract class ExporterKit {

    private Exporter exporter;

    /** A new factory of the exporter under test. */
    protected abstract ExporterFactory factory();

    /** Settings, with full keys, of an exporter whose backend takes everything; ports are 0, addresses loopback. */
    protected abstract Map<String, String> settings();

    /** The exporter under test, made afresh for each test and closed after it. */
    protected final Exporter exporter() {
        return exporter;
    }

    /** Different signals that the exporter sends; one that passes over some of its kinds names those it does not. */
    protected List<Signal> batch(int size) {
        return TestSignals.batch(factory().takes(), size);
    }

    protected final Exporter create(Map<String, String> settings) {
        return factory().create(ExporterSettings.of(factory().name(), settings));
    }

    @BeforeEach
    final void createExporter() {
        exporter = create(settings());
    }

    @AfterEach
    final void closeExporter() {
        exporter.close();
    }

    @Test
    @DisplayName("the factory is found by its name, so META-INF/services names it")
    void factory_isInstalled() {
        assertThat(Exporters.installed()).containsKey(factory().name());
        assertThat(factory().name()).matches("[a-z][a-z0-9-]*");
        assertThat(factory().takes()).isNotEmpty();
    }

    @Test
    void create_unknownSetting_refusedWithTheKnownOnes() {
        Map<String, String> settings = new HashMap<>(settings());
        String unknown = factory().name() + ".no-such-setting";
        settings.put(unknown, "1");

        assertThatThrownBy(() -> create(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(unknown)
                .hasMessageContaining("knows");
    }

    @Test
    void export_batch_delivered() throws InterruptedException {
        assertThat(exporter.export(batch(3))).isEqualTo(Outcome.delivered());
    }

    @Test
    void export_emptyBatch_delivered() throws InterruptedException {
        assertThat(exporter.export(List.of())).isEqualTo(Outcome.delivered());
    }

    @Test
    void export_sameBatchTwice_delivered() throws InterruptedException {
        exporter.export(batch(3));

        assertThat(exporter.export(batch(3))).isEqualTo(Outcome.delivered());
    }

    @Test
    void export_afterClose_isToBeRetried() throws InterruptedException {
        exporter.close();

        assertThat(exporter.export(batch(1))).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void close_twice_doesNothing() {
        exporter.close();

        exporter.close();
    }

    @Test
    void links_leadToHttp() {
        assertThat(exporter.links().values()).allMatch(link -> link.getScheme().startsWith("http"));
    }
}
