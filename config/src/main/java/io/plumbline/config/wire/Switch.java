package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is switched off: the whole fleet, single instances, single probes. An agent that is off has put the original
 * bytecode back; a probe that is off keeps its definition.
 */
public record Switch(boolean fleet, Set<String> instances, Set<String> probes) {
    public static final Switch ON = new Switch(false, Set.of(), Set.of());

    public Switch {
        instances = Set.copyOf(instances);
        probes = Set.copyOf(probes);
    }

    /** Whether a probe must not run on an instance. */
    public boolean isOff(String instance, String probe) {
        return fleet || instances.contains(instance) || probes.contains(probe);
    }

    public String json() {
        return Json.write(
                Map.of("fleet", fleet, "instances", new TreeSet<>(instances), "probes", new TreeSet<>(probes)));
    }

    public static Switch parse(String json) {
        Fields fields = Fields.of(NodeReader.json(json, "switch"), "a switch", Set.of("fleet", "instances", "probes"));
        return new Switch(
                fields.bool("fleet").orElse(false),
                Set.copyOf(fields.textList("instances")),
                Set.copyOf(fields.textList("probes")));
    }
}
