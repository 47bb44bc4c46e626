package io.plumbline.pipeline.stream;

import io.plumbline.config.wire.ExporterReport;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/** A report cut so that it is a small Kafka record whatever happens: few probes, a short error. */
final class ShortReport {
    static final int MAX_PROBES = 200;

    private static final int MAX_ERROR_CHARS = 500;

    private ShortReport() {}

    static ExporterReport of(ExporterReport report, double perSecond) {
        String error = report.lastError();
        return new ExporterReport(
                report.process(),
                report.name(),
                report.state(),
                report.delivered(),
                busiest(report.deliveredByProbe()),
                report.filtered(),
                report.retried(),
                report.lost(),
                report.lag(),
                perSecond,
                error.length() > MAX_ERROR_CHARS ? error.substring(0, MAX_ERROR_CHARS) + "…" : error,
                report.links());
    }

    /** Those with the most signals; the others in one sum. */
    private static Map<String, Map<String, Long>> busiest(Map<String, Map<String, Long>> probes) {
        if (probes.size() <= MAX_PROBES) {
            return probes;
        }
        List<Entry<String, Map<String, Long>>> sorted = probes.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -sum(entry.getValue())))
                .toList();
        Map<String, Map<String, Long>> kept = new LinkedHashMap<>();
        sorted.subList(0, MAX_PROBES).forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        Map<String, Long> others = new TreeMap<>(kept.getOrDefault(DeliveryCounts.OTHER_PROBES, Map.of()));
        sorted.subList(MAX_PROBES, sorted.size())
                .forEach(entry -> entry.getValue().forEach((kind, count) -> others.merge(kind, count, Long::sum)));
        kept.put(DeliveryCounts.OTHER_PROBES, others);
        return kept;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
