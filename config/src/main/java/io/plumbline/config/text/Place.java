package io.plumbline.config.text;

import java.util.Objects;

/**
 * Where in a text something stands.
 *
 * @param source the file or other origin as the reader of an error knows it
 * @param line 1-based; 0 when only the source is known
 * @param column 1-based; 0 when unknown
 * @param field what stands there, by the keys that lead to it: {@code limits.hits}, {@code [1].limits.hits} in a list; "" for the whole text
 */
public record Place(String source, int line, int column, String field) {

    public Place {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(field, "field");
    }

    /** A place that names only its source. */
    public static Place of(String source) {
        return new Place(source, 0, 0, "");
    }

    /** The same place, as that of a key which is missing there. */
    Place missing(String key) {
        return new Place(source, line, column, key(field, key));
    }

    /** The field of a key in a mapping. */
    static String key(String field, String key) {
        return field.isEmpty() ? key : field + "." + key;
    }

    /** The field of an item in a list. */
    static String item(String field, int index) {
        return field + "[" + index + "]";
    }

    @Override
    public String toString() {
        if (line == 0) {
            return source;
        }
        return column == 0 ? source + ":" + line : source + ":" + line + ":" + column;
    }
}
