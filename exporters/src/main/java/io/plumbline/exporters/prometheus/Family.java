package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.signal.MetricSignal;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All series of one name. Name, type, unit and help are those of the first point that came; a later point with another
 * help text is taken under the first text, as the OpenTelemetry specification has it.
 *
 * <p>Threads: guarded by the store's lock.
 */
final class Family {

    /** What tells one family from another: what Prometheus sees, and the original words behind it. */
    record Key(String name, FamilyKind kind, String unit, String originalName) {

        static Key of(MetricSignal signal) {
            FamilyKind kind = FamilyKind.of(signal);
            String unit = MetricNames.unit(signal.metric().unit(), kind == FamilyKind.GAUGE);
            String name = MetricNames.family(signal.metric().name(), unit, kind == FamilyKind.COUNTER);
            return new Key(name, kind, unit, signal.metric().name());
        }

        @Override
        public String toString() {
            return kind + " " + originalName + (unit.isEmpty() ? "" : " in " + unit);
        }
    }

    final Key key;
    final Map<Labels, Series> series = new TreeMap<>();
    private final MetricMetadata metadata;

    /** Throws {@link IllegalArgumentException} if the library refuses the name. */
    Family(Key key, String help) {
        this.key = key;
        boolean unitIsSuffix = !key.unit().isEmpty() && key.name().endsWith("_" + key.unit());
        this.metadata = new MetricMetadata(
                key.name(), help.isEmpty() ? null : help, unitIsSuffix ? new Unit(key.unit()) : null);
    }

    MetricSnapshot snapshot() {
        List<DataPointSnapshot> points =
                series.values().stream().map(Series::point).toList();
        return switch (key.kind()) {
            case COUNTER -> new CounterSnapshot(metadata, only(CounterDataPointSnapshot.class, points));
            case GAUGE -> new GaugeSnapshot(metadata, only(GaugeDataPointSnapshot.class, points));
            case HISTOGRAM -> new HistogramSnapshot(metadata, only(HistogramDataPointSnapshot.class, points));
        };
    }

    private static <P> List<P> only(Class<P> type, List<DataPointSnapshot> points) {
        return points.stream().map(type::cast).toList();
    }
}
