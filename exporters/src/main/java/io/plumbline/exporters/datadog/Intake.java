package io.plumbline.exporters.datadog;

import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.http.Answer;
import io.plumbline.exporters.http.HttpSender;
import java.io.IOException;
import java.util.function.Function;

/**
 * One address that signals are sent to, and what its answers mean. Only a 400 or 413 speaks about the signals; any other
 * status says that something on the way is not as it should be, which never costs data.
 *
 * <p>Threads: the host's thread sends; close comes from any.
 */
final class Intake implements AutoCloseable {
    private final HttpSender.Target target;
    private final HttpSender sender;
    private final String urlKey;
    private final DatadogSettings settings;

    /**
     * Does not connect yet.
     *
     * @param urlKey the setting that says where this is, for people
     * @param settings whose key reasons must not show
     */
    Intake(HttpSender.Target target, String urlKey, DatadogSettings settings) {
        this.target = target;
        this.sender = new HttpSender(target);
        this.urlKey = urlKey;
        this.settings = settings;
    }

    /** @param taken what an answer that is a success means */
    Outcome post(String path, String contentType, byte[] body, Function<Answer, Outcome> taken)
            throws InterruptedException {
        try {
            Answer answer = sender.send("POST", path, contentType, body);
            return answer.isSuccess() ? taken.apply(answer) : outcome(answer);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return Outcome.retry("no answer from " + target.url() + ": " + why);
        }
    }

    Outcome postJson(String path, byte[] body) throws InterruptedException {
        return post(path, "application/json", body, answer -> Outcome.delivered());
    }

    private Outcome outcome(Answer answer) {
        String body = answer.excerpt().replace(settings.apiKey(), "***");
        String reason = target.url() + " answered " + answer.status() + (body.isEmpty() ? "" : ": " + body);
        return switch (answer.status()) {
            case 400 -> new Outcome.Rejected(reason);
            case 401, 403 ->
                new Outcome.Unauthorized(reason + "; check " + settings.key("api-key") + " and that it belongs to "
                        + settings.key("site"));
            case 413 -> new Outcome.TooLarge(reason);
            default -> {
                boolean passes = answer.status() == 408 || answer.status() == 429 || answer.status() >= 500;
                yield new Outcome.Retry(reason + (passes ? "" : "; check " + urlKey), answer.retryAfter());
            }
        };
    }

    @Override
    public void close() {
        sender.close();
    }
}
