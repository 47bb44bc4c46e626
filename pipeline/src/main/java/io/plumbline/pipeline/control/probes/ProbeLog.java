package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Turns.Turn;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Writer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes to the topic of definitions, reads back what it wrote, and tells whose turn it was there: another control plane may have
 * written in the same moment.
 *
 * <p>The bargain: a topic takes every record. What came late is overwritten by what stands, as its next version; until then, some
 * milliseconds, agents may run the late one. Should this process die in between, they go on with it until the probe's next change.
 */
final class ProbeLog {
    /** More than control planes there are. */
    static final int TRIES = 20;

    private final Registry registry;
    private final Writer writer;
    private final ControlReader reader;

    ProbeLog(Registry registry, Writer writer, ControlReader reader) {
        this.registry = registry;
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Writes records and returns when they were read back.
     *
     * @param values by key; a null is a tombstone
     * @return by key, what became of it; none of a key that is no probe's
     */
    Map<String, Turn> write(Map<String, String> values) {
        Map<String, Turn> turns = new HashMap<>();
        writer.writeEach(Topics.PROBES, values).forEach((key, at) -> {
            await(at);
            registry.turn(at.offset()).ifPresent(turn -> turns.put(key, turn));
        });
        return turns;
    }

    /** Sets probes, or removes those that are null. */
    Map<String, Turn> set(Map<String, Probe> probes) {
        Map<String, String> values = new LinkedHashMap<>();
        probes.forEach((id, probe) -> values.put(id, probe == null ? null : ProbeWriter.json(probe)));
        return write(values);
    }

    /**
     * Makes what stood before ours stand again, unless another has come after it; and overwrites ours where it was late.
     *
     * @param ours what we wrote, by id; null for a removal
     * @param turns what became of it
     */
    void undo(Map<String, Probe> ours, Map<String, Turn> turns) {
        ours.forEach((id, probe) -> {
            Turn turn = turns.get(id);
            if (turn != null && turn.isTaken() && isThere(id, probe)) {
                putBack(id, turn.before());
            } else if (turn != null && !turn.isTaken()) {
                putBack(id, registry.probe(id));
            }
        });
    }

    private boolean isThere(String id, Probe probe) {
        return registry.probe(id)
                .map(ProbeWriter::json)
                .equals(Optional.ofNullable(probe).map(ProbeWriter::json));
    }

    private void putBack(String id, Optional<Probe> standing) {
        Optional<Probe> next = standing;
        for (int i = 0; i < TRIES; i++) {
            Map<String, Probe> again = new HashMap<>();
            again.put(
                    id,
                    next.map(probe -> probe.withVersion(registry.lastVersion(id) + 1))
                            .orElse(null));
            Turn turn = set(again).get(id);
            if (turn == null || turn.isTaken()) {
                return;
            }
            next = registry.probe(id);
        }
        throw tooBusy(id);
    }

    /** For whoever tried so often. */
    static Problem tooBusy(String id) {
        return Problem.unavailable("other control planes change '" + id + "' all the time; try again in a moment");
    }

    private void await(RecordMetadata written) {
        reader.awaitHandled(new TopicPartition(written.topic(), written.partition()), written.offset());
    }
}
