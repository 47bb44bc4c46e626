package io.plumbline.config.text;

import java.util.Objects;

/**
 * Where in a text something stands.
 *
 * @param source the file or other origin as the reader of an error knows it
 * @param line 1-based; 0 when only the source is known
 * @param column 1-based; 0 when unknown
 */
public record Place(String source, int line, int column) {

    public Place {
        Objects.requireNonNull(source, "source");
    }

    /** A place that names only its source. */
    public static Place of(String source) {
        return new Place(source, 0, 0);
    }

    @Override
    public String toString() {
        if (line == 0) {
            return source;
        }
        return column == 0 ? source + ":" + line : source + ":" + line + ":" + column;
    }
}
