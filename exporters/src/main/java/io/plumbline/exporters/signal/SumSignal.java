package io.plumbline.exporters.signal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A counter's point: cumulative and monotonic.
 *
 * @param startTimeUnixNano since when it counts, or 0 if unknown; a later start is a restart from zero
 */
public record SumSignal(
        Resource resource,
        MetricInfo metric,
        Map<String, Object> attributes,
        long startTimeUnixNano,
        long timeUnixNano,
        double value,
        List<Exemplar> exemplars,
        int wireBytes)
        implements MetricSignal {

    public SumSignal {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(metric, "metric");
        attributes = Values.copyOf(attributes);
        exemplars = List.copyOf(exemplars);
    }

    @Override
    public SumSignal mapAttributes(UnaryOperator<Map<String, Object>> change) {
        return new SumSignal(
                resource,
                metric,
                change.apply(attributes),
                startTimeUnixNano,
                timeUnixNano,
                value,
                Exemplar.map(exemplars, change),
                wireBytes);
    }
}
