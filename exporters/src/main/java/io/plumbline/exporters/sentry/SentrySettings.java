package io.plumbline.exporters.sentry;

import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.http.HttpSender;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where events go.
 *
 * @param instance the name that the settings' keys begin with, {@code sentry} unless people chose another
 * @param dsn {@code sentry.dsn}, required: {@code https://KEY@HOST/PROJECT}. Holds secrets.
 * @param timeout {@code sentry.timeout} (30s), for the connection and for one event with its whole answer
 * @param console {@code sentry.console.url} (none), where people reach the control plane; events link to it
 */
record SentrySettings(String instance, Dsn dsn, Duration timeout, Optional<ConsoleLink> console) {

    /** How we call ourselves to Sentry. */
    static final String CLIENT = "plumbline";

    static final String CLIENT_VERSION = Optional.ofNullable(
                    SentrySettings.class.getPackage().getImplementationVersion())
            .orElse("0");

    private static final String EXAMPLE = "https://KEY@o1.ingest.sentry.io/2";

    /** Sentry's own hosts, whose pages for people are elsewhere. */
    private static final Pattern SENTRY_IO = Pattern.compile("(o\\d+\\.)?(ingest\\.([a-z0-9]+\\.)?)?sentry\\.io");

    static SentrySettings read(ExporterSettings settings) {
        String given = settings.requiredText("dsn", EXAMPLE);
        Dsn dsn = Dsn.parse(given)
                .orElseThrow(() -> settings.wrong(
                        "dsn",
                        Dsn.masked(given),
                        "must read https://KEY@HOST/PROJECT; copy it from the project's settings in Sentry, Client Keys"
                                + " (DSN)"));
        SentrySettings read = new SentrySettings(
                settings.instance(), dsn, settings.duration("timeout", Duration.ofSeconds(30)), console(settings));
        settings.refuseUnknown();
        return read;
    }

    private static Optional<ConsoleLink> console(ExporterSettings settings) {
        return settings.text("console.url")
                .map(given -> ConsoleLink.parse(given)
                        .orElseThrow(() -> settings.wrong(
                                "console.url",
                                given.replaceAll("//[^/@]*@", "//***@"),
                                "must be the control plane's address with http or https, without user, query and fragment,"
                                        + " such as http://127.0.0.1:7077")));
    }

    HttpSender.Target target() {
        String secret = dsn.secret().isEmpty() ? "" : ", sentry_secret=" + dsn.secret();
        String auth = "Sentry sentry_version=7, sentry_client=" + CLIENT + "/" + CLIENT_VERSION + ", sentry_key="
                + dsn.key() + secret;
        return new HttpSender.Target(dsn.url(), Map.of("X-Sentry-Auth", auth), timeout, timeout, instance + ".timeout");
    }

    String path() {
        return "/api/" + dsn.project() + "/envelope/";
    }

    /** The project's issues; only of Sentry's own service can their address be told from where events go. */
    Optional<URI> page() {
        return SENTRY_IO.matcher(dsn.url().getHost()).matches()
                ? Optional.of(URI.create(
                        "https://sentry.io/orgredirect/organizations/:orgslug/issues/?project=" + dsn.project()))
                : Optional.empty();
    }

    /** A text of the backend's, without the secrets should it repeat them. */
    String withoutSecrets(String text) {
        String one = text.replace(dsn.key(), "***");
        return dsn.secret().isEmpty() ? one : one.replace(dsn.secret(), "***");
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return dsn.toString();
    }
}
