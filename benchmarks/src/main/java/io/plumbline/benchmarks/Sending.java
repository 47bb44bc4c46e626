package io.plumbline.benchmarks;

/** What takes records out of the ring beside the measured threads. */
interface Sending extends AutoCloseable {

    /** Log records taken out so far. Any thread. */
    long drained();

    /** Whether it rests between two turns, as in the agent; else it makes room as fast as it can. */
    void rests(boolean does);

    @Override
    void close();
}
