package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in settings: by reference, or in a file of one's own; never on the command line, never in a message. */
final class SecretSettingsTest {
    private static final SecretKeys SECRETS = new SecretKeys(List.of("sentry", "hook=webhook", "prometheus"));

    @TempDir
    Path folder;

    private Path file(String mode, String text) throws IOException {
        Path file = folder.resolve("up.properties");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static Run up(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "up";
        System.arraycopy(args, 0, all, 1, args.length);
        return Run.plumb(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elasticsearch.password=s3cr3t-value",
                "datadog.api-key=s3cr3t-value",
                "sentry.dsn=https://s3cr3t-value@o1.ingest.sentry.io/2",
                "jaeger.headers=authorization=s3cr3t-value",
                "hook.header.Authorization=Bearer s3cr3t-value",
                "hook.url=https://hooks.slack.com/services/s3cr3t-value",
                "search.url=https://user:s3cr3t-value@search:9200",
                "kafka.sasl.jaas.config=x required password=\"s3cr3t-value\";",
                "kafka.ssl.truststore.password=s3cr3t-value",
                "kafka.ssl.keystore.key=s3cr3t-value",
                "prometheus.push.headers=authorization=s3cr3t-value"
            })
    void literalSecret_isRefusedOnTheCommandLine_andNotRepeated(String setting) {
        Run run =
                up("--data", folder.toString(), "--exporter", "hook=webhook", "--exporter", "sentry", "--set", setting);

        assertThat(run.code()).isEqualTo(Failure.BAD_INPUT);
        assertThat(run.err())
                .contains(setting.substring(0, setting.indexOf('=')) + " is a secret", "=${env:NAME}'")
                .doesNotContain("s3cr3t-value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "elasticsearch.url=http://127.0.0.1:9200",
                "kafka.ssl.truststore.location=/etc/plumbline/truststore.p12",
                "kafka.sasl.mechanism=SCRAM-SHA-512",
                "kafka.sasl.jaas.config=x required password=\"${env:PW}\";",
                "hook.link=https://plumb.example.com/#/probes/{probe}",
                "sentry.dsn=${file:/run/secrets/dsn}",
                "errors.redaction.names=salary,password",
                "control.signing-key=/etc/plumbline/signing.key",
                "control.oidc.client-id=plumb"
            })
    void whatIsNoSecret_mayStandAnywhere(String setting) {
        int equals = setting.indexOf('=');

        assertThat(SECRETS.isLiteral(setting.substring(0, equals), setting.substring(equals + 1)))
                .isFalse();
    }

    @Test
    void references_areWhatTheyStandFor_andMasked() throws IOException {
        Path secret = file("rw-------", "from-a-file\n");
        SecretReferences references = new SecretReferences(Map.of("PW", "from-the-env"));

        assertThat(references.resolved(Map.of(
                        "a.password", "${env:PW}",
                        "a.dsn", "https://${file:" + secret + "}@x/1",
                        "a.plain", "${other:x} $1")))
                .containsOnly(
                        Map.entry("a.password", "from-the-env"),
                        Map.entry("a.dsn", "https://from-a-file@x/1"),
                        Map.entry("a.plain", "${other:x} $1"));
        assertThat(references.masked("wrong: from-the-env, from-a-file")).isEqualTo("wrong: ***, ***");
    }

    @Test
    void kafkasOwnProviders_areLeftToKafka() {
        Map<String, String> settings =
                Map.of("kafka.config.providers", "file", "kafka.ssl.key.password", "${file:/etc/kafka.properties:pw}");

        assertThat(new SecretReferences(Map.of()).resolved(settings)).isEqualTo(settings);
    }

    @Test
    void whatReferencesName_hasToBeThere() {
        SecretReferences references = new SecretReferences(Map.of());

        assertThatThrownBy(() -> references.resolved(Map.of("a.dsn", "${env:NONE}")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("a.dsn refers to the variable NONE, which is not set; export it first");
        assertThatThrownBy(() -> references.resolved(Map.of("a.dsn", "${file:/nowhere/x}")))
                .hasMessageContaining("a.dsn refers to /nowhere/x, which can't be read (NoSuchFileException)");
    }

    @Test
    void valueBehindAReference_isNotInTheComplaintAboutIt() throws IOException {
        Path secret = file("rw-------", "not-a-port-but-a-secret");

        Run run = up("--data", folder.toString(), "--set", "prometheus.port=${file:" + secret + "}");

        assertThat(run.err())
                .contains("prometheus.port must be a whole number", "***")
                .doesNotContain("not-a-port");
    }

    @Test
    void file_mayHoldSecrets_whenOnlyItsOwnerReadsIt() throws IOException {
        String text = "# ours\nsentry.dsn=https://k@h/1\nkafka.sasl.mechanism = PLAIN\n";

        assertThat(SettingsFile.read(file("rw-------", text), SECRETS))
                .containsOnly(Map.entry("sentry.dsn", "https://k@h/1"), Map.entry("kafka.sasl.mechanism", "PLAIN"));
        Path open = file("rw-r--r--", text);
        assertThatThrownBy(() -> SettingsFile.read(open, SECRETS))
                .hasMessage("sentry.dsn in " + open
                        + " is a secret, and others may read the file; chmod 600 it, or write ${env:NAME} or ${file:/path}"
                        + " instead");
        assertThat(SettingsFile.read(file("rw-r--r--", "sentry.dsn=${env:DSN}\n"), SECRETS))
                .hasSize(1);
        assertThatThrownBy(() -> SettingsFile.read(folder.resolve("none"), SECRETS))
                .hasMessageContaining("can't read the settings in");
    }

    @Test
    void settings_ofTheFile_areRead_andTheCommandLineCountsMore() throws IOException {
        Path file = file("rw-r--r--", "control.colour=red\nprometheus.port=x\n");

        Run run = up("--data", folder.toString(), "--settings", file.toString(), "--set", "prometheus.port=0");

        assertThat(run.err()).contains("unknown setting control.colour");
    }
}
