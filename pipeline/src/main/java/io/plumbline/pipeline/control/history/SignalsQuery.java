package io.plumbline.pipeline.control.history;

import io.plumbline.config.probe.Durations;
import io.plumbline.config.probe.Probe;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.http.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is asked for.
 *
 * @param wanted which signals, and how many
 * @param from no signal before that; {@link Instant#EPOCH} for any
 * @param begin no Kafka record before that is read
 * @param bounds of the caller's token
 */
record SignalsQuery(Wanted wanted, Instant from, Instant begin, Bounds bounds) {
    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 1_000;

    String probe() {
        return wanted.probe();
    }

    Set<SignalKind> kinds() {
        return wanted.kinds();
    }

    int limit() {
        return wanted.limit();
    }

    boolean matches(Signal signal, long millis) {
        return signal.probeId().equals(probe())
                && millis >= from.toEpochMilli()
                && bounds.cover(signal.resource().service(), signal.resource().environment())
                && wanted.which().test(signal);
    }

    /** What a probe's actions lead to; a span probe also has a histogram of its durations. */
    static Set<SignalKind> kinds(Probe probe) {
        Set<SignalKind> kinds = EnumSet.noneOf(SignalKind.class);
        probe.span().ifPresent(span -> kinds.addAll(Set.of(SignalKind.SPAN, SignalKind.METRIC)));
        if (!probe.metrics().isEmpty()) {
            kinds.add(SignalKind.METRIC);
        }
        if (probe.span().isEmpty() && probe.metrics().size() < probe.actions().size()) {
            kinds.add(SignalKind.LOG);
        }
        return kinds;
    }

    static int limit(String text) {
        try {
            int limit = text.isEmpty() ? DEFAULT_LIMIT : Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // answered below, as for a number out of bounds
        }
        throw Problem.badRequest("limit must be a whole number from 1 to " + MAX_LIMIT + ": " + text);
    }

    /** A time, or for how long before now. */
    static Instant since(String text, Instant now) {
        try {
            return Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            // perhaps a duration
        }
        try {
            return now.minus(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(
                    "since must be a time such as 2026-01-31T14:25:00Z, or how long ago, such as 10m: " + text);
        }
    }
}
