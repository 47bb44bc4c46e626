package io.plumbline.config.probe;

import static io.plumbline.config.probe.ActionReader.checked;

import io.plumbline.config.expression.Code;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.Node.Scalar;
import io.plumbline.config.text.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads the actions that capture variables: {@code snapshot: true}, or a mapping of what is wanted. */
final class CapturingReader {
    private static final Set<String> SNAPSHOT_KEYS =
            Set.of("watch", "statics", "depth", "fields", "elements", "length", "bytes", "time", "stack");
    private static final Set<String> EXCEPTION_KEYS =
            Set.of("variables", "watch", "statics", "depth", "fields", "elements", "length", "bytes", "time", "stack");

    private CapturingReader() {}

    static Action snapshot(Node node) {
        if (isShort(node, "snapshot")) {
            return Action.Snapshot.DEFAULT;
        }
        Fields fields = Fields.of(node, "'snapshot'", SNAPSHOT_KEYS);
        return checked(
                fields.place(), () -> new Action.Snapshot(watch(fields), is(fields, "statics", false), bounds(fields)));
    }

    static Action exception(Node node) {
        if (isShort(node, "exception")) {
            return Action.Exceptions.DEFAULT;
        }
        Fields fields = Fields.of(node, "'exception'", EXCEPTION_KEYS);
        return checked(
                fields.place(),
                () -> new Action.Exceptions(
                        is(fields, "variables", true), watch(fields), is(fields, "statics", false), bounds(fields)));
    }

    private static boolean isShort(Node node, String kind) {
        if (!(node instanceof Scalar scalar)) {
            return false;
        }
        if (scalar.type() != Scalar.Type.BOOLEAN || !Boolean.parseBoolean(scalar.text())) {
            throw new InvalidInputException(
                    node.place(),
                    "'" + kind + "' is true or a mapping, such as {depth: 5}; leave the key out for none: "
                            + scalar.text());
        }
        return true;
    }

    private static boolean is(Fields fields, String key, boolean otherwise) {
        return fields.bool(key).orElse(otherwise);
    }

    /** A mapping of names to expressions, or expressions, each its own name. */
    private static Map<String, Code> watch(Fields fields) {
        Map<String, Code> watch = new LinkedHashMap<>();
        fields.node("watch").ifPresent(node -> {
            if (node instanceof Node.Mapping) {
                Fields named = Fields.free(node, "'watch'");
                named.entries()
                        .keySet()
                        .forEach(name -> put(watch, named.placeOf(name), name, named.requiredText(name)));
            } else {
                unnamed(fields, watch);
            }
        });
        return watch;
    }

    private static void unnamed(Fields fields, Map<String, Code> watch) {
        for (Node node : fields.list("watch")) {
            if (!(node instanceof Scalar scalar)) {
                throw new InvalidInputException(
                        node.place(), "'watch' is a list of expressions, not of " + node.kind());
            }
            put(watch, node.place(), scalar.text().trim(), scalar.text());
        }
    }

    private static void put(Map<String, Code> watch, Place place, String name, String text) {
        if (watch.put(name, ActionReader.code(place, text)) != null) {
            throw new InvalidInputException(place, "'watch' has '" + name + "' twice; keep one");
        }
    }

    private static CaptureBounds bounds(Fields fields) {
        CaptureBounds normal = CaptureBounds.DEFAULT;
        return new CaptureBounds(
                number(fields, "depth", normal.depth(), 0, CaptureBounds.MAX_DEPTH),
                number(fields, "fields", normal.fields(), 1, CaptureBounds.MAX_FIELDS),
                number(fields, "elements", normal.elements(), 1, CaptureBounds.MAX_ELEMENTS),
                number(fields, "length", normal.length(), 1, CaptureBounds.MAX_LENGTH),
                number(fields, "bytes", normal.bytes(), CaptureBounds.MIN_BYTES, CaptureBounds.MAX_BYTES),
                number(fields, "time", normal.millis(), 1, CaptureBounds.MAX_MILLIS),
                number(fields, "stack", normal.stack(), 0, CaptureBounds.MAX_STACK));
    }

    private static int number(Fields fields, String key, int otherwise, int min, int max) {
        return fields.integer(key, min, max).map(Math::toIntExact).orElse(otherwise);
    }
}
