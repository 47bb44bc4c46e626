package io.plumbline.exporters.signal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** A value at a moment; also a cumulative sum that may fall. */
public record GaugeSignal(
        Resource resource,
        MetricInfo metric,
        Map<String, Object> attributes,
        long timeUnixNano,
        double value,
        List<Exemplar> exemplars,
        int wireBytes)
        implements MetricSignal {

    public GaugeSignal {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(metric, "metric");
        attributes = Values.copyOf(attributes);
        exemplars = List.copyOf(exemplars);
    }

    @Override
    public GaugeSignal mapAttributes(UnaryOperator<Map<String, Object>> change) {
        return new GaugeSignal(
                resource,
                metric,
                change.apply(attributes),
                timeUnixNano,
                value,
                Exemplar.map(exemplars, change),
                wireBytes);
    }
}
