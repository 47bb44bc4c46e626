package io.plumbline.config.text;

import io.plumbline.config.text.Node.Mapping;
import io.plumbline.config.text.Node.Scalar;
import io.plumbline.config.text.Node.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checked access to the keys of one mapping: unknown keys are refused with the nearest known one, wrong types with what
 * was expected. Every error carries the place of the value or key at fault.
 */
public final class Fields {
    private final Mapping mapping;
    private final String what;

    private Fields(Mapping mapping, String what) {
        this.mapping = mapping;
        this.what = what;
    }

    /**
     * Takes a node as a mapping.
     *
     * @param what the thing described, for errors: "a probe"
     * @param known all keys that may stand here
     * @throws InvalidInputException when it is no mapping or has an unknown key
     */
    public static Fields of(Node node, String what, Set<String> known) {
        if (!(node instanceof Mapping mapping)) {
            throw new InvalidInputException(node.place(), what + " must be a mapping, not " + node.kind());
        }
        for (String key : mapping.entries().keySet()) {
            if (!known.contains(key)) {
                throw new InvalidInputException(mapping.keyPlaces().get(key), unknown(key, what, known));
            }
        }
        return new Fields(mapping, what);
    }

    /** Takes a node as a mapping with keys of the user's choice. */
    public static Fields free(Node node, String what) {
        if (!(node instanceof Mapping mapping)) {
            throw new InvalidInputException(node.place(), what + " must be a mapping, not " + node.kind());
        }
        return new Fields(mapping, what);
    }

    private static String unknown(String key, String what, Set<String> known) {
        String start = "unknown key '" + key + "' in " + what;
        return Nearest.to(key, known)
                .map(near -> start + "; did you mean '" + near + "'?")
                .orElseGet(() -> start + "; known are " + String.join(", ", new TreeSet<>(known)));
    }

    public Place place() {
        return mapping.place();
    }

    public boolean has(String key) {
        return node(key).isPresent();
    }

    /** The node under a key; a null value counts as absent. */
    public Optional<Node> node(String key) {
        return Optional.ofNullable(mapping.entries().get(key)).filter(Fields::isSomething);
    }

    public Place placeOf(String key) {
        return node(key).map(Node::place).orElseGet(this::place);
    }

    public Map<String, Node> entries() {
        return mapping.entries();
    }

    /** A scalar as it was written, numbers and booleans included. */
    public Optional<String> text(String key) {
        return node(key).map(node -> scalar(key, node).text());
    }

    public String requiredText(String key) {
        return text(key)
                .orElseThrow(() -> new InvalidInputException(place().missing(key), what + " needs '" + key + "'"));
    }

    /** A whole number within bounds. */
    public Optional<Long> integer(String key, long min, long max) {
        return node(key).map(node -> {
            Scalar scalar = scalar(key, node);
            try {
                long value = Long.parseLong(scalar.text().replace("_", ""));
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // answered below, as for a number out of bounds
            }
            throw new InvalidInputException(
                    node.place(),
                    "'" + key + "' must be a whole number from " + min + " to " + max + ": " + scalar.text());
        });
    }

    public Optional<Boolean> bool(String key) {
        return node(key).map(node -> {
            Scalar scalar = scalar(key, node);
            if (scalar.type() != Scalar.Type.BOOLEAN) {
                throw new InvalidInputException(node.place(), "'" + key + "' must be true or false: " + scalar.text());
            }
            return Boolean.parseBoolean(scalar.text());
        });
    }

    /** The items under a key; a single value stands for a list of one; absent is empty. */
    public List<Node> list(String key) {
        return node(key)
                .map(node -> node instanceof Sequence sequence ? sequence.items() : List.of(node))
                .orElse(List.of());
    }

    /** The single values under a key; absent is empty. */
    public List<String> textList(String key) {
        return list(key).stream().map(node -> scalar(key, node).text()).toList();
    }

    /** A mapping of texts with keys of the user's choice; absent is empty. */
    public Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        node(key).ifPresent(node -> {
            Fields fields = free(node, "'" + key + "'");
            fields.entries()
                    .forEach((name, value) ->
                            texts.put(name, fields.scalar(name, value).text()));
        });
        return texts;
    }

    private Scalar scalar(String key, Node node) {
        if (node instanceof Scalar scalar) {
            return scalar;
        }
        throw new InvalidInputException(node.place(), "'" + key + "' must be a single value, not " + node.kind());
    }

    private static boolean isSomething(Node node) {
        return !(node instanceof Scalar scalar) || scalar.type() != Scalar.Type.NULL;
    }
}
