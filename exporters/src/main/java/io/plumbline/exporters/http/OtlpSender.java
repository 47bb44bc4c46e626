package io.plumbline.exporters.http;

import io.plumbline.exporters.Outcome;
import java.io.IOException;
import java.util.function.Function;

/**
 * Posts OTLP over HTTP as protobuf, and classes answers as the OTLP specification says (OTLP/HTTP, failures). An answer that no
 * OTLP receiver gives (another status below 500) may come of a wrong address, so it costs no data: it is to be tried again, and
 * says which setting to check.
 *
 * <p>Threads: as {@link HttpSender}.
 */
public final class OtlpSender implements AutoCloseable {

    private final HttpSender sender;
    private final HttpSender.Target target;
    private final String path;
    private final String urlKey;
    private final String headersKey;

    /**
     * @param path behind the target's address; may be empty
     * @param urlKey the setting with the address, for people
     * @param headersKey the setting with what lets us in, for people
     */
    public OtlpSender(HttpSender.Target target, String path, String urlKey, String headersKey) {
        this.sender = new HttpSender(target);
        this.target = target;
        this.path = path;
        this.urlKey = urlKey;
        this.headersKey = headersKey;
    }

    /**
     * Sends and waits for the answer.
     *
     * @param request an {@code Export...ServiceRequest}
     * @param taken what a success is, by its body, which may name a part that was not taken
     */
    public Outcome send(byte[] request, Function<byte[], Outcome> taken) throws InterruptedException {
        try {
            Answer answer = sender.send("POST", path, "application/x-protobuf", request);
            return answer.isSuccess() ? taken.apply(answer.bytes()) : outcome(answer);
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return Outcome.retry("no answer from " + target + ": " + why);
        }
    }

    private Outcome outcome(Answer answer) {
        String body = answer.excerpt();
        String reason = target + " answered " + answer.status() + (body.isEmpty() ? "" : ": " + body);
        return switch (answer.status()) {
            case 400 -> new Outcome.Rejected(reason);
            case 401, 403 -> new Outcome.Unauthorized(reason + "; check " + headersKey);
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
