package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.wire.ExporterReport;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * One instance of an exporter over all its processes, as plain values. What was done is the sum over all of them; state and rate are
 * those of the processes that are heard of. What waits in a partition counts once, as the latest report about it says: after one
 * process another has it, also while the first has not been missed yet.
 */
final class ExporterView {
    private final List<ExporterShare> shares;
    private final List<ExporterShare> heard;

    private ExporterView(List<ExporterShare> shares) {
        this.shares = shares;
        this.heard = shares.stream().filter(share -> !share.isSilent()).toList();
    }

    /** @param shares of one instance, at least one */
    static Map<String, Object> map(List<ExporterShare> shares) {
        return new ExporterView(shares).map();
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", shares.get(0).report().name());
        map.put("state", state());
        map.put("delivered", sums(ExporterReport::delivered));
        map.put("deliveredByProbe", byProbe());
        map.put("filtered", sum(shares, ExporterReport::filtered));
        map.put("retried", sum(shares, ExporterReport::retried));
        map.put("lost", sums(ExporterReport::lost));
        map.put("lag", lag());
        map.put("perSecond", perSecond());
        map.put("lastError", lastError());
        map.put("links", links());
        map.put("processes", shares.stream().map(ExporterView::process).toList());
        return map;
    }

    private static Map<String, Object> process(ExporterShare share) {
        Map<String, Object> map = new LinkedHashMap<>(share.report().map());
        map.remove("name");
        map.remove("deliveredByProbe");
        map.put("silent", share.isSilent());
        map.put("heardMillisAgo", share.age().toMillis());
        return map;
    }

    /** The worst. */
    private String state() {
        return heard.stream()
                .max(Comparator.comparingInt(ExporterShare::severity))
                .map(share -> share.report().state())
                .orElse("silent");
    }

    private String lastError() {
        return shares.stream()
                .filter(share -> !share.report().lastError().isEmpty())
                .max(Comparator.comparingInt(ExporterShare::severity))
                .map(share -> of(share, share.report().lastError()))
                .orElse("");
    }

    private long lag() {
        Map<String, Long> byPartition = new HashMap<>();
        shares.stream()
                .sorted(Comparator.comparing(ExporterShare::age).reversed())
                .forEach(share -> byPartition.putAll(share.report().lag()));
        return byPartition.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Says which process it was, where there are several. */
    private String of(ExporterShare share, String text) {
        return shares.size() == 1 ? text : share.report().process().name() + ": " + text;
    }

    private Map<String, String> links() {
        Map<String, String> links = new TreeMap<>();
        for (ExporterShare share : heard) {
            share.report().links().forEach((name, link) -> {
                String other = links.putIfAbsent(name, link);
                if (other != null && !other.equals(link)) {
                    links.put(name + " of " + share.report().process().name(), link);
                }
            });
        }
        return links;
    }

    private double perSecond() {
        double sum =
                heard.stream().mapToDouble(share -> share.report().perSecond()).sum();
        return Math.round(sum * 10) / 10.0;
    }

    private static long sum(List<ExporterShare> shares, ToLongFunction<ExporterReport> number) {
        return shares.stream()
                .mapToLong(share -> number.applyAsLong(share.report()))
                .sum();
    }

    private Map<String, Long> sums(Function<ExporterReport, Map<String, Long>> counts) {
        Map<String, Long> sums = new TreeMap<>();
        shares.forEach(share -> add(sums, counts.apply(share.report())));
        return sums;
    }

    private Map<String, Map<String, Long>> byProbe() {
        Map<String, Map<String, Long>> probes = new TreeMap<>();
        for (ExporterShare share : shares) {
            share.report()
                    .deliveredByProbe()
                    .forEach((probe, counts) -> add(probes.computeIfAbsent(probe, any -> new TreeMap<>()), counts));
        }
        return probes;
    }

    private static void add(Map<String, Long> sums, Map<String, Long> counts) {
        counts.forEach((key, count) -> sums.merge(key, count, Long::sum));
    }
}
