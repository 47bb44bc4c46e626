package io.plumbline.benchmarks.peers;

import java.io.IOException;
import java.util.List;

/** A tool with one probe on the line of {@link PeerProgram}. */
interface Peer extends AutoCloseable {

    /** Options of the JVM that bring the tool in. */
    List<String> options() throws IOException;

    /** Returns when the probe is in place; called once the program runs. */
    void awaitProbe() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
