package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.SettingsException;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Instances of exporters, their names and whose settings are whose. */
final class InstanceSettingsTest {
    private static final String DSN = "https://key@127.0.0.1/1";

    @Test
    void instances_ofOneExporter_haveSettingsOfTheirOwn() {
        List<Hosted> hosted = PipelineSettings.of(
                        List.of("errors=sentry", "crashes=sentry", "console"),
                        Map.of("errors.dsn", DSN, "crashes.dsn", "https://other@127.0.0.1/2"))
                .exporters();

        assertThat(hosted).extracting(Hosted::name).containsExactly("errors", "crashes", "console");
        assertThat(hosted).extracting(it -> it.factory().name()).containsExactly("sentry", "sentry", "console");
        assertThat(hosted.get(0).exporter()).isNotSameAs(hosted.get(1).exporter());
        hosted.forEach(it -> it.exporter().close());
    }

    @Test
    void errors_nameTheSetting_asItWasWritten() {
        assertRefused(List.of("errors=sentry"), Map.of(), "errors.dsn is missing; set it, for example errors.dsn=");
        assertRefused(
                List.of("errors=sentry"),
                Map.of("errors.dsn", DSN, "errors.dns", "x"),
                "unknown setting errors.dns; errors knows errors.console.url, errors.dsn");
    }

    @Test
    void theSameInstanceTwice_isOnce() {
        assertThat(PipelineSettings.of(List.of("console", "console", "console=console"), Map.of())
                        .exporters())
                .hasSize(1);
    }

    @Test
    void twoInstances_ofOneName_areRefused() {
        assertRefused(
                List.of("errors=sentry", "errors=console"),
                Map.of(),
                "two instances are called 'errors': errors=sentry and errors=console; give one of them another name");
    }

    @Test
    void names_thatCannotBe_areRefused() {
        assertRefused(List.of("Errors=sentry"), Map.of(), "lower-case letters, digits and '-'");
        assertRefused(List.of("=sentry"), Map.of(), "write --exporter NAME=sentry");
        assertRefused(List.of("kafka=sentry"), Map.of(), "can't be called 'kafka', which is taken");
        assertRefused(List.of("pairing=sentry"), Map.of(), "can't be called 'pairing', which is taken");
        assertRefused(List.of("jaeger=sentry"), Map.of(), "'jaeger', which is another exporter's name");
    }

    @Test
    void unknownExporter_isRefused_withTheNearest() {
        assertRefused(List.of("errors=sentri"), Map.of(), "there is no exporter 'sentri'; did you mean sentry?");
        assertRefused(List.of("errors="), Map.of(), "there is no exporter ''; installed are console, ");
    }

    @Test
    void settings_ofWhatIsNotStarted_areRefused() {
        assertRefused(
                List.of("errors=sentry"),
                Map.of("sentry.dsn", DSN),
                "sentry.dsn is set, but the exporter sentry is not started; write errors.dsn for its instance, or add"
                        + " --exporter sentry");
        assertRefused(
                List.of("errors=sentry"),
                Map.of("error.dsn", DSN),
                "unknown setting error.dsn; did you mean errors.dsn?");
        assertRefused(
                List.of("console"),
                Map.of("audit.url", "http://e"),
                "an instance of another name is started with --exporter audit=EXPORTER");
    }

    @Test
    void filters_areTheHosts_notTheExporters() {
        List<Hosted> hosted = PipelineSettings.of(
                        List.of("errors=sentry"),
                        Map.of(
                                "errors.dsn",
                                DSN,
                                "errors.only.kinds",
                                "exception , snapshot",
                                "errors.only.probes",
                                "a-*"))
                .exporters();
        hosted.forEach(it -> it.exporter().close());

        assertRefused(
                List.of("errors=sentry"),
                Map.of("errors.dsn", DSN, "errors.only.kinds", "metric"),
                "errors.only.kinds must be of the kinds that this exporter takes, log, snapshot, exception: metric");
        assertRefused(
                List.of("errors=sentry"),
                Map.of("errors.dsn", DSN, "errors.only.services", "a,,b"),
                "errors.only.services must be names separated by commas");
        assertRefused(
                List.of("errors=sentry"),
                Map.of("errors.dsn", DSN, "errors.only.probe", "a"),
                "unknown setting errors.only.probe; errors knows errors.console.url, errors.dsn, errors.only.kinds, errors.only.probes");
    }

    @Test
    void redaction_thatCannotBe_isRefused_byItsOwnKey() {
        assertRefused(
                List.of("errors=sentry"),
                Map.of("errors.dsn", DSN, "errors.redaction.patterns", "("),
                "errors.redaction.patterns must be a regular expression of Java");
        assertRefused(
                List.of("errors=sentry"),
                Map.of("errors.dsn", DSN, "errors.redaction.reveal-names", "colour"),
                "errors.redaction.reveal-names: 'colour' is not on the list of hidden words");
    }

    private static void assertRefused(List<String> exporters, Map<String, String> settings, String sentence) {
        assertThatThrownBy(() -> PipelineSettings.of(exporters, settings).exporters())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(sentence);
    }
}
