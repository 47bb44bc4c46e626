package io.plumbline.exporters.datadog;

import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.SettingsException;
import io.plumbline.exporters.http.HttpSender;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where and how to send.
 *
 * @param instance the name that the settings' keys begin with, {@code datadog} unless people chose another
 * @param apiKey {@code datadog.api-key}, required. A secret.
 * @param logsUrl {@code datadog.logs.url}, by default the intake of {@code datadog.site} (datadoghq.com)
 * @param apiUrl {@code datadog.api.url}, by default the API of the site
 * @param otlpUrl {@code datadog.otlp.url}: an Agent or Collector that takes OTLP over HTTP; without it spans are not sent
 * @param app where people look, if the site is known
 * @param tags {@code datadog.tags}, on all logs and metrics: key:value, separated by commas
 * @param maxSeries {@code datadog.max-series} (100000): counters and histograms that are held at most
 * @param timeout {@code datadog.timeout} (30s), for one request and its whole answer
 */
record DatadogSettings(
        String instance,
        String apiKey,
        URI logsUrl,
        URI apiUrl,
        Optional<URI> otlpUrl,
        Optional<URI> app,
        List<String> tags,
        int maxSeries,
        Duration timeout) {
    private static final String DEFAULT_SITE = "datadoghq.com";
    private static final Pattern SITE = Pattern.compile("(?!(app|api)\\.)([a-z0-9-]+\\.)+[a-z]+");
    private static final Pattern TAG = Pattern.compile("[^,\\s:][^,\\s]{0,199}");
    private static final Duration MAX_CONNECT = Duration.ofSeconds(5);

    DatadogSettings {
        tags = List.copyOf(tags);
    }

    static DatadogSettings read(ExporterSettings settings) {
        Optional<String> given = settings.text("site");
        String site = site(settings, given.orElse(DEFAULT_SITE));
        Optional<URI> logsUrl = address(settings, "logs.url", "https://http-intake.logs." + site);
        boolean isSiteKnown = given.isPresent() || logsUrl.isEmpty();
        DatadogSettings read = new DatadogSettings(
                settings.instance(),
                apiKey(settings),
                logsUrl.orElse(URI.create("https://http-intake.logs." + site)),
                address(settings, "api.url", "https://api." + site).orElse(URI.create("https://api." + site)),
                address(settings, "otlp.url", "http://localhost:4318"),
                isSiteKnown ? Optional.of(app(site)) : Optional.empty(),
                tags(settings),
                (int) settings.number("max-series", 100_000, 1, 10_000_000),
                settings.duration("timeout", Duration.ofSeconds(30)));
        settings.refuseUnknown();
        return read;
    }

    /** A setting, for people. */
    String key(String key) {
        return instance + "." + key;
    }

    HttpSender.Target logsTarget() {
        return target(logsUrl, Map.of("DD-API-KEY", apiKey));
    }

    HttpSender.Target apiTarget() {
        return target(apiUrl, Map.of("DD-API-KEY", apiKey));
    }

    /** Without the key: an Agent signs what it hands on itself. */
    Optional<HttpSender.Target> otlpTarget() {
        return otlpUrl.map(url -> target(url, Map.of()));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "logs to " + logsUrl + ", metrics to " + apiUrl
                + otlpUrl.map(url -> ", spans to " + url).orElse(", spans nowhere");
    }

    private HttpSender.Target target(URI url, Map<String, String> headers) {
        Duration connect = timeout.compareTo(MAX_CONNECT) < 0 ? timeout : MAX_CONNECT;
        return new HttpSender.Target(url, headers, connect, timeout, key("timeout"));
    }

    private static String apiKey(ExporterSettings settings) {
        String key = settings.requiredText("api-key", "0123456789abcdef0123456789abcdef");
        // Here, for the HTTP client's own error would repeat the key.
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new SettingsException(settings.fullKey("api-key")
                    + " must be one word of ASCII; copy it from Organization Settings, API Keys");
        }
        return key;
    }

    private static String site(ExporterSettings settings, String site) {
        if (!SITE.matcher(site).matches()) {
            throw settings.wrong(
                    "site",
                    site,
                    "must be a site's name without app. or https://, such as datadoghq.com, datadoghq.eu,"
                            + " us3.datadoghq.com or ddog-gov.com");
        }
        return site;
    }

    /** Sites of two words have their pages under {@code app.}, the others under their own name. */
    private static URI app(String site) {
        return URI.create("https://" + (site.indexOf('.') == site.lastIndexOf('.') ? "app." : "") + site);
    }

    private static Optional<URI> address(ExporterSettings settings, String key, String example) {
        if (settings.text(key).isEmpty()) {
            return Optional.empty();
        }
        URI uri = settings.requiredHttpUri(key, example);
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new SettingsException(settings.fullKey(key)
                    + " must have no user, query or fragment; write the address alone, such as " + example);
        }
        return Optional.of(URI.create(uri.toString().replaceAll("/+$", "")));
    }

    private static List<String> tags(ExporterSettings settings) {
        List<String> tags = new ArrayList<>();
        for (String tag : settings.text("tags", "").split(",", -1)) {
            if (tag.isBlank()) {
                continue;
            }
            if (!TAG.matcher(tag.strip()).matches()) {
                throw settings.wrong(
                        "tags",
                        tag.strip(),
                        "must be tags such as team:shop of at most 200 characters, separated by commas");
            }
            tags.add(Tags.clean(tag.strip()));
        }
        return tags;
    }
}
