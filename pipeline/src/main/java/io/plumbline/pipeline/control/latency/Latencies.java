package io.plumbline.pipeline.control.latency;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The durations of one way between two points, of which quantiles are exact: each request that was seen, as often as it stands for others. */
final class Latencies {
    private static final List<Double> QUANTILES = List.of(0.5, 0.9, 0.99);

    private final List<One> sorted;
    private final long count;

    /**
     * @param boundNanos below 0 where nobody knows
     * @param weight how many requests it stands for
     */
    record One(long nanos, long boundNanos, long weight) {}

    /** @param all at least one */
    Latencies(List<One> all) {
        sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingLong(One::nanos));
        count = all.stream().mapToLong(One::weight).sum();
    }

    long count() {
        return count;
    }

    /** The duration that a share of the requests does not exceed. */
    long quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (One one : sorted) {
            seen += one.weight();
            if (seen >= rank) {
                return one.nanos();
            }
        }
        return sorted.get(sorted.size() - 1).nanos();
    }

    /** Durations in nanoseconds. The bound is the widest that is known, 0 within one process. */
    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("count", count);
        map.put("seen", sorted.size());
        map.put("min", sorted.get(0).nanos());
        for (double share : QUANTILES) {
            map.put("p" + Math.round(share * 100), quantile(share));
        }
        map.put("max", sorted.get(sorted.size() - 1).nanos());
        map.put(
                "bound",
                Math.max(0, sorted.stream().mapToLong(One::boundNanos).max().orElse(0)));
        map.put("unbounded", sorted.stream().filter(one -> one.boundNanos() < 0).count());
        map.put("histogram", new LogBuckets(sorted).map());
        return map;
    }
}
