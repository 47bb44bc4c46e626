package io.plumbline.exporters.signal;

import java.util.List;
import java.util.Objects;

/**
 * What one Kafka record held.
 *
 * @param signals in the order of the wire
 * @param refused what was read but cannot be represented, for the host to count and show
 */
public record Decoded(List<Signal> signals, List<Refusal> refused) {

    public Decoded {
        signals = List.copyOf(signals);
        refused = List.copyOf(refused);
    }

    /**
     * Points of one metric that exporters cannot be given.
     *
     * @param name of the metric
     * @param points how many
     */
    public record Refusal(String name, String reason, int points) {
        public Refusal {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(reason, "reason");
        }
    }
}
