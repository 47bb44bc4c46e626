package io.plumbline.pipeline.stream;

import io.plumbline.pipeline.stream.ExporterHealth.State;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What state an exporter is in: the worst that any of its parts is in, its lanes and its poller. A change is logged once, in words.
 *
 * <p>Thread-safe.
 */
final class Standing {
    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

    private final String exporter;
    /** Only what is not delivering. Guarded by this. */
    private final Map<Object, State> troubles = new HashMap<>();
    /** Guarded by this. */
    private State state = State.DELIVERING;
    /** Guarded by this. */
    private String lastError = "";

    /**
     * At a moment.
     *
     * @param lastError the latest trouble in words, over or not; or ""
     */
    record Snapshot(State state, String lastError) {}

    Standing(String exporter) {
        this.exporter = exporter;
    }

    synchronized void is(Object part, State next, String reason) {
        if (next == State.DELIVERING) {
            troubles.remove(part);
        } else {
            troubles.put(part, next);
        }
        said(reason);
        State worst = worst();
        if (worst != state) {
            log(worst, reason);
        }
        state = worst;
    }

    /** A part that was in trouble tries no more; whether it would have ended is not known. */
    synchronized void isGone(Object part) {
        troubles.remove(part);
        state = worst();
    }

    private State worst() {
        return troubles.values().stream()
                .reduce(State.DELIVERING, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    synchronized void said(String reason) {
        lastError = reason.isEmpty() ? lastError : reason;
    }

    /** How many parts do not deliver. */
    synchronized int troubled() {
        return troubles.size();
    }

    synchronized Snapshot now() {
        return new Snapshot(state, lastError);
    }

    private void log(State next, String reason) {
        switch (next) {
            case DELIVERING -> LOG.info("{} delivers again", exporter);
            case RETRYING -> LOG.warn("{} can't deliver and tries on, nothing is lost: {}", exporter, reason);
            case UNAUTHORIZED ->
                LOG.warn(
                        "{} is not let in: {}; set its credentials right. Nothing is lost, it tries again every {} s",
                        exporter,
                        reason,
                        Backoff.UNAUTHORIZED.toSeconds());
            case NO_KAFKA -> LOG.warn("{} can't read from Kafka and tries on, nothing is lost: {}", exporter, reason);
            case STOPPED -> LOG.debug("{} stopped", exporter);
        }
    }
}
