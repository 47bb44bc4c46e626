package io.plumbline.exporters.jaeger;

import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.http.Answer;
import io.plumbline.exporters.http.HttpSender;
import java.io.IOException;

/** OTLP over HTTP: protobuf to {@code /v1/traces}. Answers are classed as the OTLP specification says (OTLP/HTTP response). */
final class HttpSpans implements SpanSender {
    private static final String PATH = "/v1/traces";

    private final JaegerSettings settings;
    private final HttpSender sender;

    HttpSpans(JaegerSettings settings) {
        this.settings = settings;
        this.sender = new HttpSender(settings.target());
    }

    @Override
    public Outcome send(byte[] request, int spans) throws InterruptedException {
        try {
            Answer answer = sender.send("POST", PATH, "application/x-protobuf", request);
            return answer.isSuccess() ? JaegerExporter.taken(answer.bytes(), spans) : outcome(answer);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return Outcome.retry("no answer from " + settings.url() + ": " + why);
        }
    }

    private Outcome outcome(Answer answer) {
        String body = answer.excerpt();
        String reason = settings.url() + " answered " + answer.status() + (body.isEmpty() ? "" : ": " + body);
        return switch (answer.status()) {
            case 400 -> new Outcome.Rejected(reason);
            case 401, 403 -> new Outcome.Unauthorized(reason + "; check " + settings.instance() + ".headers");
            case 413 -> new Outcome.TooLarge(reason);
            default -> {
                boolean passes = answer.status() == 408 || answer.status() == 429 || answer.status() >= 500;
                yield new Outcome.Retry(
                        reason + (passes ? "" : "; check " + settings.instance() + ".url"), answer.retryAfter());
            }
        };
    }

    @Override
    public void close() {
        sender.close();
    }
}
