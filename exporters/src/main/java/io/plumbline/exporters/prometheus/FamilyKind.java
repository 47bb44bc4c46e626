package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.signal.GaugeSignal;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.SumSignal;
import java.util.List;
import java.util.Locale;

/** Prometheus' types of metrics, with the names that their series occupy in the exposition. */
enum FamilyKind {
    COUNTER("", "_total", "_created"),
    GAUGE(""),
    HISTOGRAM("", "_bucket", "_count", "_sum", "_created");

    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
    private final List<String> suffixes;

    FamilyKind(String... suffixes) {
        this.suffixes = List.of(suffixes);
    }

    static FamilyKind of(MetricSignal signal) {
        if (signal instanceof SumSignal) {
            return COUNTER;
        }
        return signal instanceof GaugeSignal ? GAUGE : HISTOGRAM;
    }

    /** All names that a family of this kind lays claim to. */
    List<String> names(String family) {
        return suffixes.stream().map(suffix -> family + suffix).toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
