package io.plumbline.benchmarks.jars;

/**
 * A jar in a Maven repository.
 *
 * @param classifier empty for the main jar
 */
public record MavenJar(String group, String artifact, String version, String classifier) {

    /**
     * Reads {@code group:artifact:version} or {@code group:artifact:version:classifier}.
     *
     * @throws IllegalArgumentException for a text of another form
     */
    public static MavenJar parse(String text) {
        String[] parts = text.split(":");
        if (parts.length < 3 || parts.length > 4) {
            throw new IllegalArgumentException("a jar is group:artifact:version, perhaps with :classifier, as in"
                    + " com.google.guava:guava:33.5.0-jre; this is none: " + text);
        }
        return new MavenJar(parts[0], parts[1], parts[2], parts.length == 4 ? parts[3] : "");
    }

    /** The file's name, as Maven gives it. */
    public String fileName() {
        return artifact + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + ".jar";
    }
}
