package io.plumbline.config.wire;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Asks one instance what would become of a probe there. Nothing is woven for it.
 *
 * @param id names the request; the reply carries it
 * @param instance who is asked
 */
public record TrialRequest(String id, String instance, Probe probe) {
    private static final String TRIAL = "trial";
    private static final Set<String> KEYS = Set.of("id", "instance", TRIAL);

    /** Whether a record of {@link Topics#REQUESTS} is one of these; else it is a {@link LinesRequest}. */
    public static boolean isIn(String json) {
        return NodeReader.json(json, "request") instanceof Node.Mapping mapping
                && mapping.entries().containsKey(TRIAL);
    }

    public String json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("instance", instance);
        map.put(TRIAL, ProbeWriter.map(probe));
        return Json.write(map);
    }

    public static TrialRequest parse(String json) {
        Fields fields = Fields.of(NodeReader.json(json, "request"), "a request", KEYS);
        return new TrialRequest(
                fields.requiredText("id"),
                fields.requiredText("instance"),
                ProbeReader.wire(fields.node(TRIAL).orElseThrow()));
    }
}
