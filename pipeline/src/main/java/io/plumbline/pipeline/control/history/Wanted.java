package io.plumbline.pipeline.control.history;

import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which kept signals of a probe are wanted.
 *
 * @param probe the probe's id
 * @param kinds no other topic is read
 * @param limit how many log records and spans, and how many series of metrics; the newest
 * @param since a time or how long ago, as a person writes it; empty for any
 * @param which of those
 */
public record Wanted(String probe, Set<SignalKind> kinds, int limit, String since, Predicate<Signal> which) {
    public Wanted {
        kinds = Set.copyOf(kinds);
    }
}
