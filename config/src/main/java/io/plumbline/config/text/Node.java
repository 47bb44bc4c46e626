package io.plumbline.config.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One part of a JSON or YAML text with its place. Immutable. */
public sealed interface Node {

    Place place();

    /** What the node is, in the words of an error message. */
    String kind();

    /** Keys in the order they were written; each key's own place is kept for errors about the key itself. */
    record Mapping(Place place, Map<String, Node> entries, Map<String, Place> keyPlaces) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            keyPlaces = Map.copyOf(keyPlaces);
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A single value.
     *
     * @param text as written (for numbers too); empty for null
     * @param type what the format says it is
     */
    record Scalar(Place place, String text, Type type) implements Node {

        /** The types that JSON and YAML tell apart. */
        public enum Type {
            TEXT,
            NUMBER,
            BOOLEAN,
            NULL
        }

        @Override
        public String kind() {
            return switch (type) {
                case TEXT -> "a text";
                case NUMBER -> "a number";
                case BOOLEAN -> "a boolean";
                case NULL -> "nothing";
            };
        }
    }
}
