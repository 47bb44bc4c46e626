package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Asks one instance about its code: which classes run, what an expression may name, or a class file. Nothing is woven for it.
 *
 * @param id names the request; the reply, a {@link CodeReply}, carries it
 * @param instance who is asked
 */
public record CodeRequest(String id, String instance, Question question) {
    private static final String CLASSES = "classes";
    private static final String SCOPE = "scope";
    private static final String CLASS_FILE = "class-file";
    private static final Set<String> KEYS = Set.of("id", "instance", CLASSES, SCOPE, CLASS_FILE);
    private static final int MAX_LIMIT = 1_000;

    /** What is asked. */
    public sealed interface Question {}

    /**
     * Classes that run, as a {@link ClassesReply}.
     *
     * @param query what a person types to find one; empty for the application's own
     * @param limit how many are told of at most
     */
    public record Classes(String query, int limit) implements Question {}

    /**
     * What an expression may name, as a {@link ScopeReply}.
     *
     * @param at a location
     * @param path an expression whose members are asked for; empty for the names
     */
    public record Scope(String at, String path) implements Question {}

    /**
     * What a class is made from, as a {@link ClassFileReply}.
     *
     * @param type full name of the class
     * @param bytes whether its class file is asked for as well
     */
    public record ClassFile(String type, boolean bytes) implements Question {}

    /** Whether a record of {@link Topics#REQUESTS} is one of these. */
    public static boolean isIn(String json) {
        return NodeReader.json(json, "request") instanceof Node.Mapping mapping
                && (mapping.entries().containsKey(CLASSES)
                        || mapping.entries().containsKey(SCOPE)
                        || mapping.entries().containsKey(CLASS_FILE));
    }

    public String json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("instance", instance);
        if (question instanceof Classes classes) {
            map.put(CLASSES, Map.of("query", classes.query(), "limit", classes.limit()));
        } else if (question instanceof Scope scope) {
            map.put(SCOPE, Map.of("at", scope.at(), "path", scope.path()));
        } else if (question instanceof ClassFile file) {
            map.put(CLASS_FILE, Map.of("type", file.type(), "bytes", file.bytes()));
        }
        return Json.write(map);
    }

    public static CodeRequest parse(String json) {
        Fields fields = Fields.of(NodeReader.json(json, "request"), "a request", KEYS);
        return new CodeRequest(fields.requiredText("id"), fields.requiredText("instance"), question(fields));
    }

    private static Question question(Fields fields) {
        if (fields.has(CLASSES)) {
            Fields asked = part(fields, CLASSES);
            int limit = asked.integer("limit", 1, MAX_LIMIT).orElse(1L).intValue();
            return new Classes(asked.text("query").orElse(""), limit);
        }
        if (fields.has(SCOPE)) {
            Fields asked = part(fields, SCOPE);
            return new Scope(asked.requiredText("at"), asked.text("path").orElse(""));
        }
        Fields asked = part(fields, CLASS_FILE);
        return new ClassFile(asked.requiredText("type"), asked.bool("bytes").orElse(false));
    }

    private static Fields part(Fields fields, String key) {
        return Fields.free(fields.node(key).orElseThrow(), key);
    }
}
