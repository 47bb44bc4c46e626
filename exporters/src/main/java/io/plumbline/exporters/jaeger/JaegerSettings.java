package io.plumbline.exporters.jaeger;

import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.http.HttpSender;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where spans go.
 *
 * @param instance the name that the settings' keys begin with, {@code jaeger} unless people chose another
 * @param url {@code jaeger.url}, required: where OTLP is taken, {@code http://jaeger:4318} or, by gRPC, {@code
 *     http://jaeger:4317}
 * @param isGrpc {@code jaeger.protocol} (http): http or grpc
 * @param headers {@code jaeger.headers}: name=value, separated by commas, such as a token. Secrets.
 * @param ui {@code jaeger.ui}: where people look at traces, {@code http://jaeger:16686}
 * @param connectTimeout {@code jaeger.connect-timeout} (5s)
 * @param requestTimeout {@code jaeger.request-timeout} (30s), for one request and its whole answer
 */
record JaegerSettings(
        String instance,
        URI url,
        boolean isGrpc,
        Map<String, String> headers,
        Optional<URI> ui,
        Duration connectTimeout,
        Duration requestTimeout) {
    static JaegerSettings read(ExporterSettings settings) {
        JaegerSettings read = new JaegerSettings(
                settings.instance(),
                withoutSlash(settings.requiredHttpUri("url", "http://127.0.0.1:4318")),
                settings.choice("protocol", "http", "http", "grpc").equals("grpc"),
                settings.pairs("headers"),
                settings.text("ui").map(any -> withoutSlash(settings.requiredHttpUri("ui", "http://127.0.0.1:16686"))),
                settings.duration("connect-timeout", Duration.ofSeconds(5)),
                settings.duration("request-timeout", Duration.ofSeconds(30)));
        settings.refuseUnknown();
        return read;
    }

    private static URI withoutSlash(URI uri) {
        return URI.create(uri.toString().replaceAll("/+$", ""));
    }

    HttpSender.Target target() {
        return new HttpSender.Target(url, headers, connectTimeout, requestTimeout, instance + ".request-timeout");
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return url + (isGrpc ? " by gRPC" : "");
    }
}
