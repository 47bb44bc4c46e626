package io.plumbline.exporters.webhook;

import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.SettingsException;
import io.plumbline.exporters.http.HttpSender;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where messages go, and how.
 *
 * @param url {@code webhook.url}, required. A secret but for its host: who knows it can post.
 * @param isSlack {@code webhook.format} (json): json or slack
 * @param headers {@code webhook.header.NAME}: sent with each message. Secrets.
 * @param link {@code webhook.link}: an address for people, with {probe}, {service}, {trace}
 * @param interval {@code webhook.interval} (1s): at most one message in each
 * @param timeout {@code webhook.timeout} (30s), for one message with its whole answer
 */
record WebhookSettings(
        URI url,
        boolean isSlack,
        Map<String, String> headers,
        Optional<LinkTemplate> link,
        Duration interval,
        Duration timeout) {
    private static final String EXAMPLE = "https://hooks.slack.com/services/T…/B…/…";
    private static final String LINK_EXAMPLE = "https://plumb.example.com/#/probes/{probe}";
    private static final Duration MAX_INTERVAL = Duration.ofHours(1);
    private static final Duration MAX_CONNECT = Duration.ofSeconds(5);

    /** Shorter parts of the address are no secrets. */
    private static final int SECRET_CHARS = 8;

    private static final Pattern HOST =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9.:\\[\\]-]+)(?:[/?#].*)?");
    private static final Set<String> OWN_HEADERS = Set.of("content-type", "content-encoding", "idempotency-key");

    WebhookSettings {
        headers = Map.copyOf(headers);
    }

    static WebhookSettings read(ExporterSettings settings) {
        WebhookSettings read = new WebhookSettings(
                url(settings),
                settings.choice("format", "json", "json", "slack").equals("slack"),
                headers(settings),
                link(settings),
                interval(settings),
                settings.duration("timeout", Duration.ofSeconds(30)));
        settings.refuseUnknown();
        return read;
    }

    HttpSender.Target target() {
        Duration connect = timeout.compareTo(MAX_CONNECT) < 0 ? timeout : MAX_CONNECT;
        return new HttpSender.Target(url, headers, connect, timeout, "webhook.timeout");
    }

    Form form() {
        return isSlack ? new SlackForm() : new JsonForm();
    }

    /** A text of the receiver's or the network's, without secrets should it repeat them. */
    String withoutSecrets(String text) {
        String hidden = text;
        for (String secret : secrets()) {
            hidden = hidden.replace(secret, "***");
        }
        return hidden;
    }

    /** The host alone. */
    @Override
    public String toString() {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    /** Longest first, so that no piece of a longer one stays. */
    private List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        secrets.add(url.toString());
        String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        Stream.concat(Stream.of(path), Stream.of(path.split("[/?&=]")))
                .filter(part -> part.length() >= SECRET_CHARS)
                .forEach(secrets::add);
        headers.values().stream()
                .flatMap(value -> Stream.concat(Stream.of(value), Stream.of(value.split("\\s+"))))
                .filter(part -> !part.isEmpty())
                .forEach(secrets::add);
        secrets.sort(Comparator.comparingInt(String::length).reversed());
        return secrets;
    }

    private static URI url(ExporterSettings settings) {
        String given = settings.requiredText("url", EXAMPLE);
        try {
            URI uri = new URI(given);
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Falls through: the message of the exception would repeat the secret.
        }
        throw settings.wrong(
                "url",
                masked(given),
                "must be an address with http or https and a host, without user and fragment, such as " + EXAMPLE
                        + "; what signs in goes to webhook.header.NAME");
    }

    private static String masked(String url) {
        Matcher host = HOST.matcher(url);
        return host.matches() && !url.contains("@") ? host.group(1) + "/…" : "…";
    }

    private static Map<String, String> headers(ExporterSettings settings) {
        Map<String, String> headers = settings.texts("header");
        headers.forEach((name, value) -> {
            if (OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new SettingsException(
                        settings.fullKey("header." + name) + " can't be set, the exporter does it; take it away");
            }
            try {
                HttpRequest.newBuilder().header(name, value);
            } catch (IllegalArgumentException e) { // whose message would repeat the value
                throw settings.wrong(
                        "header." + name,
                        "…",
                        "must be a header that may be set, with printable characters in its value");
            }
        });
        return headers;
    }

    private static Optional<LinkTemplate> link(ExporterSettings settings) {
        return settings.text("link")
                .map(given -> LinkTemplate.parse(given)
                        .orElseThrow(() -> settings.wrong(
                                "link",
                                given.replaceAll("//[^/@]*@", "//***@"),
                                "must be an address with http or https, without user, in whose path {probe}, {service} and"
                                        + " {trace} may stand, such as " + LINK_EXAMPLE)));
    }

    private static Duration interval(ExporterSettings settings) {
        Duration interval = settings.duration("interval", Duration.ofSeconds(1));
        if (interval.compareTo(MAX_INTERVAL) > 0) {
            throw settings.wrong("interval", settings.text("interval", ""), "must be at most 1h");
        }
        return interval;
    }
}
