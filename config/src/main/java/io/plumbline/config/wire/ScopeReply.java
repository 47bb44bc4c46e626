package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an expression may name at a location, on the instance that was asked; or the members of one expression.
 *
 * @param id of the request
 * @param type of the expression whose members were asked for; empty where names were
 * @param sites the methods that have code at the location, {@code shop.OrderService#place(shop.Order)}
 * @param names what can be named; of an expression its members
 * @param members one level of what is in the types of the names, by type
 * @param problem why there is nothing to name; empty where there is
 * @param column where in the expression the problem is, from 1; 0 where it is none of an expression
 */
public record ScopeReply(
        String id,
        String instance,
        String type,
        List<String> sites,
        List<Name> names,
        Map<String, List<Name>> members,
        String problem,
        int column)
        implements CodeReply {

    public ScopeReply {
        sites = List.copyOf(sites);
        names = List.copyOf(names);
        members = Collections.unmodifiableMap(new TreeMap<>(members));
    }

    /** Of a location or expression that has none. */
    public static ScopeReply without(CodeRequest request, String problem, int column) {
        return new ScopeReply(request.id(), request.instance(), "", List.of(), List.of(), Map.of(), problem, column);
    }

    /**
     * Something that can be named.
     *
     * @param name as it is written; of a method with its parentheses, of one with parameters with their types in them
     * @param type as in Java; {@code ?} where only the hit will tell
     * @param kind {@code parameter}, {@code local}, {@code this}, {@code field}, {@code static}, {@code outer}, {@code captured}, {@code
     *     component}, {@code method} or {@code special}
     * @param redacted whether redaction keeps it from being read, by its name or type
     * @param only the methods at the location that have it, where others have not; empty where all do
     */
    public record Name(String name, String type, String kind, boolean redacted, List<String> only) {

        public Name {
            only = List.copyOf(only);
        }

        /** At every method. */
        public Name(String name, String type, String kind, boolean redacted) {
            this(name, type, kind, redacted, List.of());
        }

        public Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", name);
            map.put("type", type);
            map.put("kind", kind);
            map.put("redacted", redacted);
            if (!only.isEmpty()) {
                map.put("only", only);
            }
            return map;
        }

        private static Name of(Node node) {
            Fields fields = Fields.free(node, "a name");
            return new Name(
                    fields.requiredText("name"),
                    fields.text("type").orElse("?"),
                    fields.text("kind").orElse("local"),
                    fields.bool("redacted").orElse(false),
                    fields.textList("only"));
        }
    }

    @Override
    public String json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("instance", instance);
        map.put("type", type);
        map.put("sites", sites);
        map.put("names", maps(names));
        Map<String, Object> byType = new LinkedHashMap<>();
        members.forEach((each, inside) -> byType.put(each, maps(inside)));
        map.put("members", byType);
        map.put("problem", problem);
        map.put("column", column);
        return Json.write(map);
    }

    public static ScopeReply parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "reply"), "a reply");
        return new ScopeReply(
                fields.requiredText("id"),
                fields.requiredText("instance"),
                fields.text("type").orElse(""),
                fields.textList("sites"),
                fields.list("names").stream().map(Name::of).toList(),
                members(fields),
                fields.text("problem").orElse(""),
                (int) ProbeReport.count(fields, "column"));
    }

    private static List<Map<String, Object>> maps(List<Name> names) {
        return names.stream().map(Name::map).toList();
    }

    private static Map<String, List<Name>> members(Fields fields) {
        Map<String, List<Name>> members = new TreeMap<>();
        if (fields.has("members")) {
            Fields byType = Fields.free(fields.node("members").orElseThrow(), "members");
            byType.entries()
                    .keySet()
                    .forEach(type -> members.put(
                            type, byType.list(type).stream().map(Name::of).toList()));
        }
        return members;
    }
}
