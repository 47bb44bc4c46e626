package io.plumbline.pipeline.control.shares;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import io.plumbline.pipeline.control.access.Bounds;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody saw, kept.
 *
 * @param id drawn at random, so that nobody guesses it
 * @param by the name of the token that made it
 * @param made when
 * @param probe whose signals
 * @param note what its maker says of it; empty for nothing
 * @param reach where the signals came from
 * @param json all of it, as it stands in the topic
 */
record Share(String id, String by, Instant made, String probe, String note, List<Reach> reach, String json) {
    /** A service in an environment. */
    record Reach(String service, String environment) {}

    Share {
        reach = List.copyOf(reach);
    }

    /** @param content what is kept beside the head: {@code signals}, and what else there is */
    static Share of(
            String id,
            String by,
            Instant made,
            String probe,
            String note,
            List<Reach> reach,
            Map<String, Object> content) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("by", by);
        map.put("made", made.toEpochMilli());
        map.put("probe", probe);
        map.put("note", note);
        map.put("reach", reach.stream().map(Share::form).toList());
        map.putAll(content);
        return new Share(id, by, made, probe, note, reach, Json.write(map));
    }

    /** Whether all that is in it comes from within. */
    boolean isWithin(Bounds bounds) {
        return reach.stream().allMatch(each -> bounds.cover(each.service(), each.environment()));
    }

    /** What a list shows. */
    Map<String, Object> head() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("by", by);
        map.put("made", made.toEpochMilli());
        map.put("probe", probe);
        map.put("note", note);
        map.put("services", reach.stream().map(Reach::service).distinct().toList());
        return map;
    }

    /** All of it, for who may see it. */
    Map<String, Object> whole() {
        Map<String, Object> map = head();
        ((Node.Mapping) NodeReader.json(json, "share")).entries().forEach((name, node) -> {
            if (!map.containsKey(name) && !name.equals("reach")) {
                map.put(name, Plain.of(node));
            }
        });
        return map;
    }

    /** Reads the topic's form back; keys that later versions may add are handed on. */
    static Share parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "share"), "a share");
        List<Reach> reach = fields.list("reach").stream()
                .map(node -> Fields.free(node, "a reach"))
                .map(each -> new Reach(
                        each.text("service").orElse(""),
                        each.text("environment").orElse("")))
                .toList();
        return new Share(
                fields.requiredText("id"),
                fields.requiredText("by"),
                Instant.ofEpochMilli(fields.integer("made", 0, Long.MAX_VALUE).orElse(0L)),
                fields.requiredText("probe"),
                fields.text("note").orElse(""),
                reach,
                json);
    }

    private static Map<String, Object> form(Reach reach) {
        return Map.of("service", reach.service(), "environment", reach.environment());
    }
}
