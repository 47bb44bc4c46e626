package io.plumbline.pipeline.faults;

import java.util.Map;
import java.util.Set;

/** Where an exporter's signals end: a backend that is sent them, or a scraper that fetches them. */
interface Endpoint extends AutoCloseable {
    /** What exporters are told; empty where they are told nothing. */
    String url();

    /** Forgets what came before. */
    void begin(Trouble trouble);

    /** The exporting process is this one from now on. */
    void exportingIs(Child host);

    /** How often each number came. */
    Map<Integer, Integer> taken();

    /** Numbers that it will never take. */
    Set<Integer> refused();

    @Override
    void close();
}
