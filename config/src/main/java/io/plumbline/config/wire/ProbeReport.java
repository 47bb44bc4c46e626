package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one probe does on one instance.
 *
 * @param version of the definition that this speaks of
 * @param reason why the state is what it is, in words; empty when it needs none
 * @param emitted hits that emitted since the probe was set here
 * @param dropped hits or signals lost, by cause: {@code rate}, {@code buffer-full}, {@code null-value}, {@code
 *     condition-null}, {@code error}, {@code overflow-label}, …
 * @param cost what it costs here
 * @param weaves how often classes were woven for this probe
 * @param setNanos from reading the definition to having installed it; 0 until then
 * @param at when this was true, by the instance's clock
 */
public record ProbeReport(
        String probe,
        long version,
        String instance,
        ProbeState state,
        String reason,
        List<SiteReport> sites,
        long emitted,
        Map<String, Long> dropped,
        ProbeCost cost,
        long weaves,
        long setNanos,
        Instant at) {

    public ProbeReport {
        sites = List.copyOf(sites);
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
    }

    /** The record's key in {@link Topics#STATUS}. */
    public String key() {
        return key(instance, probe);
    }

    public static String key(String instance, String probe) {
        return instance + "/" + probe;
    }

    /** Sites at which the probe can fire. */
    public long installedSites() {
        return sites.stream().filter(site -> site.state().isInstalled()).count();
    }

    /** The state as people read it: {@code sampling 1/50}. */
    public String stateInWords() {
        return state == ProbeState.SAMPLING ? state.word() + " 1/" + cost.every() : state.word();
    }

    public String json() {
        return Json.write(map());
    }

    public Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("probe", probe);
        map.put("version", version);
        map.put("instance", instance);
        map.put("state", state.word());
        map.put("reason", reason);
        map.put("sites", sites.stream().map(SiteReport::map).toList());
        map.put("emitted", emitted);
        map.put("dropped", dropped);
        map.put("cost", cost.map());
        map.put("weaves", weaves);
        map.put("setNanos", setNanos);
        map.put("at", at.toEpochMilli());
        return map;
    }

    public static ProbeReport parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "probe report"), "a probe report");
        return new ProbeReport(
                fields.requiredText("probe"),
                count(fields, "version"),
                fields.requiredText("instance"),
                ProbeState.parse(fields.requiredText("state")),
                fields.text("reason").orElse(""),
                fields.list("sites").stream().map(SiteReport::parse).toList(),
                count(fields, "emitted"),
                counts(fields.node("dropped").orElse(null)),
                fields.node("cost").map(ProbeCost::parse).orElse(ProbeCost.NONE),
                count(fields, "weaves"),
                count(fields, "setNanos"),
                Instant.ofEpochMilli(count(fields, "at")));
    }

    static long count(Fields fields, String key) {
        return fields.integer(key, 0, Long.MAX_VALUE).orElse(0L);
    }

    static Map<String, Long> counts(Node node) {
        Map<String, Long> counts = new TreeMap<>();
        if (node != null) {
            Fields fields = Fields.free(node, "counts");
            fields.entries().keySet().forEach(key -> counts.put(key, count(fields, key)));
        }
        return counts;
    }
}
