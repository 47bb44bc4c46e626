package io.plumbline.benchmarks.peers;

import java.util.List;

/** No tool at all: shows how far the measurement is off. */
final class Nothing implements Peer {
    @Override
    public List<String> options() {
        return List.of();
    }

    @Override
    public void awaitProbe() {
        // there is none
    }

    @Override
    public void close() {
        // nothing was opened
    }
}
