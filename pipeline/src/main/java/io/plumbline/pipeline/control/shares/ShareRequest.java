package io.plumbline.pipeline.control.shares;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.NodeReader;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SpanSignal;
import io.plumbline.pipeline.control.http.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is to be shared.
 *
 * @param hits ids of log records, snapshots, exceptions; the one or the ids of traces are there
 * @param traces of which the probe's spans are wanted
 * @param note for who reads it; empty for none
 * @param source the lines of code that the person saw; empty for none
 */
record ShareRequest(String probe, Set<String> hits, Set<String> traces, String note, String source) {
    static final int MAX_ITEMS = 20;

    private static final int MAX_NOTE = 2_000;
    private static final int MAX_SOURCE = 32_000;
    private static final Set<String> KEYS = Set.of("probe", "hits", "traces", "note", "source");

    /** @throws Problem when it is none */
    static ShareRequest parse(String text) {
        Fields fields = Fields.of(NodeReader.json(text, "the request"), "a share", KEYS);
        Set<String> hits = new LinkedHashSet<>(fields.textList("hits"));
        Set<String> traces = new LinkedHashSet<>(fields.textList("traces"));
        int items = hits.size() + traces.size();
        if (items < 1 || items > MAX_ITEMS) {
            throw Problem.badRequest(
                    "hits",
                    "a share has 1 to " + MAX_ITEMS + " hits (by uid) and traces (by id), and " + items
                            + " are given; GET /api/v1/probes/ID/signals has their ids");
        }
        String note = fields.text("note").orElse("").strip();
        requireBrief("note", note, MAX_NOTE);
        String source = fields.text("source").orElse("");
        requireBrief("source", source, MAX_SOURCE);
        return new ShareRequest(fields.requiredText("probe"), hits, traces, note, source);
    }

    private static void requireBrief(String field, String text, int max) {
        if (text.length() > max) {
            throw Problem.badRequest(
                    field, "'" + field + "' has up to " + max + " characters: " + text.length() + "; send fewer");
        }
    }

    boolean wants(Signal signal) {
        if (signal instanceof LogSignal log) {
            return hits.contains(log.uid());
        }
        return signal instanceof SpanSignal span && traces.contains(span.traceId());
    }

    /** Those that were not found, by their ids. */
    List<String> missing(Set<String> foundHits, Set<String> foundTraces) {
        Set<String> missing = new LinkedHashSet<>(hits);
        missing.addAll(traces);
        missing.removeAll(foundHits);
        missing.removeAll(foundTraces);
        return List.copyOf(missing);
    }
}
