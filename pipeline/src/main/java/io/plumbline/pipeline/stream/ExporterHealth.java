package io.plumbline.pipeline.stream;

import io.plumbline.config.wire.ExporterReport;
import io.plumbline.config.wire.ExportingProcess;
import java.net.URI;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How an instance of an exporter does, at a moment.
 *
 * @param name of the instance
 * @param delivered signals that the backend has, by kind ({@code log}, {@code metric})
 * @param deliveredByProbe the same by probe and kind; signals that come from elsewhere stand under {@code ""}
 * @param filtered signals passed over: its settings, or their probe's, keep them from it
 * @param retried signals handed to the backend once more
 * @param lost signals that did not reach the backend and never will, by cause
 * @param lagByPartition Kafka records that wait, those under way included, by the partitions that this process has
 * @param lastError the latest failure in words, or ""
 * @param links what a person may open in a browser
 */
public record ExporterHealth(
        String name,
        State state,
        Map<String, Long> delivered,
        Map<String, Map<String, Long>> deliveredByProbe,
        long filtered,
        long retried,
        Map<String, Long> lost,
        Map<String, Long> lagByPartition,
        String lastError,
        Map<String, URI> links) {

    /** What an exporter is doing. */
    public enum State {
        /** Delivers what comes, as it comes. */
        DELIVERING,
        /** The backend is away or overloaded; nothing is lost meanwhile. */
        RETRYING,
        /** The backend does not let us in; nothing is lost meanwhile. */
        UNAUTHORIZED,
        /** Kafka is away or refuses; nothing is lost meanwhile. */
        NO_KAFKA,
        /** Closed. */
        STOPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public ExporterHealth {
        delivered = Collections.unmodifiableMap(new TreeMap<>(delivered));
        deliveredByProbe = Collections.unmodifiableMap(new TreeMap<>(deliveredByProbe));
        lost = Collections.unmodifiableMap(new TreeMap<>(lost));
        lagByPartition = Map.copyOf(lagByPartition);
        links = Map.copyOf(links);
    }

    /** Kafka records that wait, those under way included. */
    public long lag() {
        return lagByPartition.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Signals lost for good, whatever the cause. */
    public long lostInAll() {
        return lost.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * As it is told to the control plane.
     *
     * @param perSecond signals delivered a second
     */
    public ExporterReport report(ExportingProcess process, double perSecond) {
        Map<String, String> texts = new TreeMap<>();
        links.forEach((text, uri) -> texts.put(text, uri.toString()));
        return new ExporterReport(
                process,
                name,
                state.word(),
                delivered,
                deliveredByProbe,
                filtered,
                retried,
                lost,
                lagByPartition,
                perSecond,
                lastError,
                texts);
    }
}
