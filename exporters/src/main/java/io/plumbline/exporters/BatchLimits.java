package io.plumbline.exporters;

/**
 * How large a batch an exporter takes.
 *
 * @param maxSignals the most signals in one batch
 * @param maxBytes the most bytes in one batch, counted in {@link io.plumbline.exporters.signal.Signal#wireBytes()};
 *     a single signal above it still comes, alone
 */
public record BatchLimits(int maxSignals, long maxBytes) {

    public BatchLimits {
        if (maxSignals < 1) {
            throw new IllegalArgumentException("maxSignals must be > 0: " + maxSignals);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes must be > 0: " + maxBytes);
        }
    }
}
