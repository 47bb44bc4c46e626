package io.plumbline.config.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The published schema of probe files: JSON Schema 2020-12, for editors that complete and check while one types. It knows every
 * key; {@link ProbeReader} decides, and also reads the expressions. The agent does not carry it.
 */
public final class ProbeSchema {
    private static final String RESOURCE = "/io/plumbline/config/schema/probe.json";

    private ProbeSchema() {}

    /**
     * The schema's text.
     *
     * @throws IllegalStateException where the program was packed without it
     */
    public static String json() {
        try (InputStream in = ProbeSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the schema of probe files is not in this program: " + RESOURCE);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema of probe files can't be read", e);
        }
    }
}
