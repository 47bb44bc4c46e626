package io.plumbline.exporters.sentry;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.Outcome.Rejection;
import io.plumbline.exporters.http.Answer;
import io.plumbline.exporters.http.HttpSender;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Signal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Sends exceptions and snapshots to Sentry, an envelope for each. Other log records are none of Sentry's business and
 * count as delivered.
 *
 * <p>The bargain: Sentry takes one event a request, so a batch may stop in the middle; then what was taken is not
 * sent again. While Sentry wants no events they wait on our side, none is dropped. An event that comes twice has the
 * same id, by which Sentry may or may not know it. One that is too large for Sentry loses variables first, then frames
 * from the middle of its stacks, and says so in its context {@code plumbline}; only then is it rejected.
 *
 * <p>Threads: as the contract says.
 */
final class SentryExporter implements Exporter {

    private final SentrySettings settings;
    private final HttpSender sender;
    private final Envelopes envelopes;
    private final Hold hold;

    /** @param nanoTime as {@link System#nanoTime} counts */
    SentryExporter(SentrySettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.envelopes = new Envelopes(settings.console());
        this.sender = new HttpSender(settings.target());
        this.hold = new Hold(nanoTime);
    }

    @Override
    public Outcome export(List<Signal> batch) throws InterruptedException {
        List<Rejection> rejections = new ArrayList<>();
        boolean isAnySettled = false;
        for (int i = 0; i < batch.size(); i++) {
            if (!isEvent(batch.get(i))) {
                continue;
            }
            Outcome one = sendUnlessHeld((LogSignal) batch.get(i));
            if (stops(one)) {
                return isAnySettled ? stoppedAt(i, one, batch, rejections) : one;
            }
            if (!(one instanceof Outcome.Delivered)) {
                if (batch.size() == 1) {
                    return one;
                }
                rejections.add(Rejection.last(i, reason(one)));
            }
            isAnySettled = true;
        }
        return Outcome.of(rejections);
    }

    @Override
    public Map<String, URI> links() {
        return settings.page().map(page -> Map.of("project", page)).orElse(Map.of());
    }

    @Override
    public void close() {
        sender.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }

    private static boolean isEvent(Signal signal) {
        return signal instanceof LogSignal log && Events.isEvent(log);
    }

    /** Whether the events after this one would fare no better. */
    private static boolean stops(Outcome one) {
        return one instanceof Outcome.Retry || one instanceof Outcome.Unauthorized;
    }

    /** Of a batch that was sent up to here, the rest is to be repeated, and nothing else. */
    private Outcome stoppedAt(int index, Outcome cause, List<Signal> batch, List<Rejection> rejections) {
        if (cause instanceof Outcome.Retry retry) {
            retry.retryAfter().ifPresent(hold::keep);
        }
        for (int i = index; i < batch.size(); i++) {
            if (isEvent(batch.get(i))) {
                rejections.add(Rejection.retryable(i, reason(cause)));
            }
        }
        return Outcome.of(rejections);
    }

    private Outcome sendUnlessHeld(LogSignal log) throws InterruptedException {
        Optional<Duration> held = hold.left();
        if (held.isPresent()) {
            return new Outcome.Retry(
                    settings + " wants no events for " + Math.max(1, held.get().toSeconds()) + " s more", held);
        }
        Optional<byte[]> envelope = envelopes.of(log);
        if (envelope.isEmpty()) {
            return new Outcome.Rejected("the event is larger than Sentry takes (" + Envelopes.MAX_BYTES + " bytes, "
                    + Envelopes.MAX_PACKED_BYTES + " packed), also without variables and with a short stack");
        }
        return send(envelope.get());
    }

    private Outcome send(byte[] envelope) throws InterruptedException {
        try {
            Answer answer = sender.send("POST", settings.path(), "application/x-sentry-envelope", envelope);
            Outcome outcome = answer.isSuccess() ? Outcome.delivered() : failure(answer);
            if (!(outcome instanceof Outcome.Retry)) { // which says it itself
                RateLimits.announced(answer).ifPresent(hold::keep);
            }
            return outcome;
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return Outcome.retry("no answer from " + settings.dsn().url() + ": " + why);
        }
    }

    private Outcome failure(Answer answer) {
        String body = settings.withoutSecrets(answer.excerpt());
        String reason = settings + " answered " + answer.status() + (body.isEmpty() ? "" : ": " + body);
        return switch (answer.status()) {
            case 400 -> new Outcome.Rejected(reason);
            case 401, 403 ->
                new Outcome.Unauthorized(
                        reason + "; check " + settings.instance() + ".dsn and that its key is enabled");
            case 413 -> new Outcome.TooLarge(reason);
            default -> {
                boolean passes = answer.status() == 408 || answer.status() == 429 || answer.status() >= 500;
                yield new Outcome.Retry(
                        reason + (passes ? "" : "; check " + settings.instance() + ".dsn"),
                        RateLimits.beforeRetry(answer));
            }
        };
    }

    private static String reason(Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            return retry.reason();
        }
        if (outcome instanceof Outcome.Unauthorized unauthorized) {
            return unauthorized.reason();
        }
        return outcome instanceof Outcome.TooLarge tooLarge ? tooLarge.reason() : ((Outcome.Rejected) outcome).reason();
    }
}
