package io.plumbline.agent.oracle;

import java.util.Comparator;

/**
 * A line of a source file.
 *
 * @param file as a path
 * @param line 1-based
 */
record Place(String file, int line) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::file).thenComparing(Place::line);

    /** The file's last name, as a probe names it. */
    String fileName() {
        return file.substring(file.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return fileName() + ":" + line;
    }
}
