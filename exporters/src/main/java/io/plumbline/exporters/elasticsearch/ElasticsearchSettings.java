package io.plumbline.exporters.elasticsearch;

import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.SettingsException;
import io.plumbline.exporters.http.HttpSender;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where and how to store.
 *
 * @param url {@code elasticsearch.url}, required; without user information and without a slash at the end
 * @param authorization the header made of {@code elasticsearch.api-key}, or of {@code elasticsearch.username} and
 *     {@code elasticsearch.password}, or of the user information in the url; or "". A secret.
 * @param dataset {@code elasticsearch.dataset} (plumbline.otel), middle part of the data stream's name
 * @param namespace {@code elasticsearch.namespace} (default), last part of the data stream's name
 * @param manageTemplate {@code elasticsearch.manage-template} (true): put our index template if it is not there
 * @param connectTimeout {@code elasticsearch.connect-timeout} (5s)
 * @param requestTimeout {@code elasticsearch.request-timeout} (30s), for one request and its whole answer
 * @param timeoutKey how people wrote that setting
 */
record ElasticsearchSettings(
        URI url,
        String authorization,
        String dataset,
        String namespace,
        boolean manageTemplate,
        Duration connectTimeout,
        Duration requestTimeout,
        String timeoutKey) {

    private static final Pattern STREAM_PART = Pattern.compile("[a-z0-9][a-z0-9_.]{0,99}");

    static ElasticsearchSettings read(ExporterSettings settings) {
        URI given = settings.requiredHttpUri("url", "http://127.0.0.1:9200");
        ElasticsearchSettings read = new ElasticsearchSettings(
                withoutUserInfo(given),
                authorization(settings, given),
                streamPart(settings, "dataset", "plumbline.otel"),
                streamPart(settings, "namespace", "default"),
                settings.flag("manage-template", true),
                settings.duration("connect-timeout", Duration.ofSeconds(5)),
                settings.duration("request-timeout", Duration.ofSeconds(30)),
                settings.fullKey("request-timeout"));
        settings.refuseUnknown();
        return read;
    }

    HttpSender.Target target() {
        Map<String, String> headers = authorization.isEmpty() ? Map.of() : Map.of("Authorization", authorization);
        return new HttpSender.Target(url, headers, connectTimeout, requestTimeout, timeoutKey);
    }

    String dataStream() {
        return "logs-" + dataset + "-" + namespace;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return url + " " + dataStream();
    }

    private static String streamPart(ExporterSettings settings, String key, String byDefault) {
        String part = settings.text(key, byDefault);
        if (!STREAM_PART.matcher(part).matches()) {
            throw settings.wrong(key, part, "must be lower-case letters, digits, dots and underscores, at most 100");
        }
        return part;
    }

    private static String authorization(ExporterSettings settings, URI url) {
        Optional<String> apiKey = settings.text("api-key");
        Optional<String> username = settings.text("username");
        Optional<String> password = settings.text("password");
        checkOneWayIn(settings, url, apiKey, username, password);
        if (apiKey.isPresent()) {
            checkIsHeader(settings, apiKey.get());
            return "ApiKey " + apiKey.get();
        }
        if (username.isPresent()) {
            return basic(username.get() + ":" + password.orElseThrow());
        }
        String userInfo = url.getRawUserInfo();
        return userInfo == null ? "" : basic(decoded(userInfo));
    }

    private static void checkOneWayIn(
            ExporterSettings settings,
            URI url,
            Optional<String> apiKey,
            Optional<String> username,
            Optional<String> password) {
        if (username.isPresent() != password.isPresent()) {
            throw new SettingsException(settings.fullKey("username") + " and " + settings.fullKey("password")
                    + " belong together; set both or none");
        }
        int ways =
                (apiKey.isPresent() ? 1 : 0) + (username.isPresent() ? 1 : 0) + (url.getRawUserInfo() == null ? 0 : 1);
        if (ways > 1) {
            throw new SettingsException(
                    "more than one way to sign in is given; keep one of " + settings.fullKey("api-key") + ", "
                            + settings.fullKey("username") + ", or the user in " + settings.fullKey("url"));
        }
    }

    /** Here, for the HTTP client's own error would repeat the key. */
    private static void checkIsHeader(ExporterSettings settings, String apiKey) {
        if (!apiKey.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new SettingsException(settings.fullKey("api-key") + " must be the encoded key, one word of ASCII");
        }
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String rawUserInfo) {
        return URLDecoder.decode(rawUserInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static URI withoutUserInfo(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return URI.create(uri.getScheme() + "://" + uri.getHost() + port + path);
    }
}
