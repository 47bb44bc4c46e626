package io.plumbline.pipeline.control.history;

import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.history.KeptSignals.Kept;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.tail.SignalForm;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Kept signals as the caller of a request may see them: whoever hands some out reads them here, so that bounds, redaction and the audit are the
 * same for all.
 *
 * <p>Threads: requests.
 */
public final class SeenSignals {
    private static final String RETRY_SECONDS = "2";

    private final KeptSignals signals;
    private final Reading reading;

    /** What a caller may see of a probe's signals. */
    public interface Reading {
        /**
         * Looks whether a caller may read at all.
         *
         * @return what becomes of each signal
         * @throws Problem when it may not, or there is no such probe
         */
        UnaryOperator<Map<String, Object>> of(HttpServerExchange exchange, String probe);

        /** So many were handed out. */
        void read(HttpServerExchange exchange, String probe, int signals);
    }

    public SeenSignals(KeptSignals signals, Reading reading) {
        this.signals = signals;
        this.reading = reading;
    }

    /** @throws Problem when the caller may not read a probe's signals, or there is no such probe */
    public void require(HttpServerExchange exchange, String probe) {
        reading.of(exchange, probe);
    }

    /** The last of those wanted, newest last, in the form of {@link SignalForm}. */
    public Kept find(HttpServerExchange exchange, Wanted wanted) {
        return inForm(exchange, wanted, UnaryOperator.identity());
    }

    /** The same, each with what is needed of it alone: more of them fit. */
    public Kept inForm(HttpServerExchange exchange, Wanted wanted, UnaryOperator<Map<String, Object>> needed) {
        UnaryOperator<Map<String, Object>> view = reading.of(exchange, wanted.probe());
        Kept kept = whenSeated(
                exchange,
                () -> signals.find(
                        wanted, Caller.of(exchange), signal -> needed.apply(view.apply(SignalForm.of(signal)))));
        reading.read(exchange, wanted.probe(), kept.signals().size());
        return kept;
    }

    /** The last signals of a probe, of whatever kind it emits. */
    Kept last(HttpServerExchange exchange, String probe, String limit, String since) {
        UnaryOperator<Map<String, Object>> view = reading.of(exchange, probe);
        Kept kept = whenSeated(exchange, () -> signals.last(probe, limit, since, Caller.of(exchange), view));
        reading.read(exchange, probe, kept.signals().size());
        return kept;
    }

    private static Kept whenSeated(HttpServerExchange exchange, Supplier<Kept> search) {
        try {
            return search.get();
        } catch (KeptSignals.Busy e) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_SECONDS);
            throw Problem.unavailable(KeptSignals.AT_ONCE + " others read kept signals just now; try again in "
                    + RETRY_SECONDS + " seconds");
        }
    }
}
