package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What would become of a probe on the instance that was asked.
 *
 * @param id of the request
 * @param parts one for a probe of one place; of a span probe one for each point that is meant for the instance
 */
public record TrialReply(String id, String instance, List<Part> parts) {

    public TrialReply {
        parts = List.copyOf(parts);
    }

    /**
     * One place.
     *
     * @param point its name in a span probe; empty else
     * @param state what it would be: {@code INSTALLED}, {@code REJECTED}, or {@code PENDING} where no class is loaded
     * @param problem why it would not be installed, as such a probe would say it; empty where it would
     * @param classes those that are meant and loaded, by name: a digest of their code, the same where the code is
     * @param sites where it would stand; some may have a problem of their own
     * @param hidden variables and fields in reach that redaction keeps from being captured
     */
    public record Part(
            String point,
            ProbeState state,
            String problem,
            Map<String, String> classes,
            List<TrialSite> sites,
            List<String> hidden) {
        public Part {
            classes = new TreeMap<>(classes);
            sites = List.copyOf(sites);
            hidden = List.copyOf(hidden);
        }

        /** Of a place with nothing at it. */
        public static Part without(String point, ProbeState state, String problem) {
            return new Part(point, state, problem, Map.of(), List.of(), List.of());
        }

        public Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("point", point);
            map.put("state", state.word());
            map.put("problem", problem);
            map.put("classes", classes);
            map.put("sites", sites.stream().map(TrialSite::map).toList());
            map.put("hidden", hidden);
            return map;
        }

        private static Part of(Node node) {
            Fields fields = Fields.free(node, "a part");
            return new Part(
                    fields.text("point").orElse(""),
                    ProbeState.parse(fields.requiredText("state")),
                    fields.text("problem").orElse(""),
                    fields.texts("classes"),
                    fields.list("sites").stream().map(TrialSite::of).toList(),
                    fields.textList("hidden"));
        }
    }

    /**
     * One site.
     *
     * @param loader the name of the class's loader
     * @param method name and descriptor; the body of a lambda is a method of its own, {@code lambda$place$0}
     * @param line 0 where the class doesn't tell
     * @param kind how it is arrived at, as in {@link LinesReply.Line}
     * @param problem why the probe does not fit here; empty when it does
     */
    public record TrialSite(String type, String loader, String method, int line, String kind, String problem) {
        public Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("class", type);
            map.put("loader", loader);
            map.put("method", method);
            map.put("line", line);
            map.put("kind", kind);
            map.put("problem", problem);
            return map;
        }

        private static TrialSite of(Node node) {
            Fields fields = Fields.free(node, "a site");
            return new TrialSite(
                    fields.requiredText("class"),
                    fields.text("loader").orElse(""),
                    fields.requiredText("method"),
                    (int) ProbeReport.count(fields, "line"),
                    fields.text("kind").orElse(""),
                    fields.text("problem").orElse(""));
        }
    }

    public String json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("instance", instance);
        map.put("parts", parts.stream().map(Part::map).toList());
        return Json.write(map);
    }

    /** Reads a reply; keys that later versions may add are passed over. */
    public static TrialReply parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "reply"), "a reply");
        return new TrialReply(
                fields.requiredText("id"),
                fields.requiredText("instance"),
                fields.list("parts").stream().map(Part::of).toList());
    }
}
