package io.plumbline.exporters;

import io.plumbline.exporters.signal.Signal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands signals to one backend. It converts and sends, nothing else: the host owns threads, batching, retry, dead
 * letters, offsets and counting.
 *
 * <p>The bargain: delivery is at least once. The host repeats what it got no final answer for, so <b>the same batch,
 * or a part of it, may come twice</b>, also after a restart of the host. Where the backend can recognise a repeated
 * signal by an id, the exporter hands it one (a log's {@code uid}) and counts the backend's "I have it" as delivered.
 * An exporter keeps no queue: when {@link #export} has returned, whatever it did not report as failed is safe.
 *
 * <p>Threads: one host thread per exporter calls {@link #export}, one call at a time. {@link #close}, {@link #lost} and
 * {@link #links} may come from any other thread, also while a call of {@link #export} is under way.
 */
public interface Exporter extends AutoCloseable {

    /**
     * Sends one batch and reports what became of it. May block, but never longer than the exporter's own timeouts.
     *
     * <p>What the backend or the network does is an {@link Outcome}, never an exception; an exception is a defect of
     * the exporter. A call after, or interrupted by, {@link #close} answers {@link Outcome.Retry}.
     *
     * @param batch signals of the kinds that the factory takes, within the factory's limits; may be empty, which is
     *     delivered without a word to the backend. Not modified, not kept.
     * @throws InterruptedException if the host interrupts the thread; the batch counts as not delivered
     */
    Outcome export(List<Signal> batch) throws InterruptedException;

    /**
     * What the host calls: {@link #export(List)}, which it is unless overridden, with where each signal came from. For exporters
     * that hold something of their signals on purpose, and must let go of it when somebody else has the source: see {@link #lost}.
     *
     * @param sources one for each signal, in the same order
     * @throws InterruptedException as in {@link #export(List)}
     */
    default Outcome export(List<Signal> batch, List<Source> sources) throws InterruptedException {
        return export(batch);
    }

    /**
     * Signals of these sources come no more: another process has them now. They may come back at any time. Not said at the
     * end, before {@link #close}. Does not throw, does not wait.
     */
    default void lost(Set<Source> sources) {}

    /** What a person may open in a browser, by a short name, such as "metrics" for a scrape endpoint. */
    default Map<String, URI> links() {
        return Map.of();
    }

    /**
     * Gives up connections, ports and threads. Idempotent. A call of {@link #export} that is under way comes back
     * soon, with the true outcome or with {@link Outcome.Retry}. Does not throw, does not wait for the backend.
     */
    @Override
    void close();
}
