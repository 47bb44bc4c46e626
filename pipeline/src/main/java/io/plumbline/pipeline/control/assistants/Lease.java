package io.plumbline.pipeline.control.assistants;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The probes of one session, which end with it.
 *
 * @param owner the name of the token that holds it
 * @param life from one sign of life to the end, without another
 * @param expires when it ends by itself
 * @param probes their versions, by id; one that somebody else has changed is another version, and the session's no more
 * @param ended whether its probes are being removed; it takes no more
 */
record Lease(String id, String owner, Duration life, Instant expires, Map<String, Long> probes, boolean ended) {
    Lease {
        probes = Map.copyOf(probes);
    }

    boolean holds(Probe probe) {
        return Long.valueOf(probe.version()).equals(probes.get(probe.id()));
    }

    Lease renewed(Instant now) {
        return new Lease(id, owner, life, now.plus(life), probes, ended);
    }

    Lease with(Iterable<Probe> more) {
        Map<String, Long> all = new TreeMap<>(probes);
        more.forEach(probe -> all.put(probe.id(), probe.version()));
        return new Lease(id, owner, life, expires, all, ended);
    }

    Lease without(String probe) {
        Map<String, Long> rest = new TreeMap<>(probes);
        rest.remove(probe);
        return new Lease(id, owner, life, expires, rest, ended);
    }

    Lease asEnded() {
        return new Lease(id, owner, life, expires, probes, true);
    }

    String json() {
        Map<String, Object> map = map();
        map.put("probes", probes);
        map.put("ended", ended);
        return Json.write(map);
    }

    /** What may be shown. */
    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("owner", owner);
        map.put("for", life.toMillis());
        map.put("expires", expires.toEpochMilli());
        map.put("probes", new TreeMap<>(probes).keySet());
        return map;
    }

    /** Reads {@link #json} back; keys that later versions may add are passed over. */
    static Lease parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "lease"), "a lease");
        Map<String, Long> probes = new TreeMap<>();
        fields.texts("probes").forEach((id, version) -> probes.put(id, Long.valueOf(version)));
        return new Lease(
                fields.requiredText("id"),
                fields.requiredText("owner"),
                Duration.ofMillis(fields.integer("for", 1, Long.MAX_VALUE).orElseThrow()),
                Instant.ofEpochMilli(
                        fields.integer("expires", 0, Long.MAX_VALUE).orElse(0L)),
                probes,
                fields.bool("ended").orElse(false));
    }
}
