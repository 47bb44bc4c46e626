package io.plumbline.pipeline.control.latency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A histogram whose buckets grow by a factor: as many in a decade as fit into {@link #MAX_BUCKETS}, from the shortest to the longest. Bounds are round to people
 * where there are few.
 */
final class LogBuckets {
    static final int MAX_BUCKETS = 48;

    private static final int[] PER_DECADE = {20, 10, 5, 2, 1};

    private final List<Long> bounds = new ArrayList<>();
    private final long[] counts;

    /** @param sorted by duration, at least one */
    LogBuckets(List<Latencies.One> sorted) {
        long shortest = Math.max(1, sorted.get(0).nanos());
        long longest = Math.max(shortest, sorted.get(sorted.size() - 1).nanos());
        int perDecade = Arrays.stream(PER_DECADE)
                .filter(each -> steps(shortest, longest, each) <= MAX_BUCKETS)
                .findFirst()
                .orElse(1);
        long step = (long) Math.floor(Math.log10(shortest) * perDecade);
        bounds.add(bound(step, perDecade) <= sorted.get(0).nanos() ? bound(step, perDecade) : 0);
        while (bounds.size() < 2 || bounds.get(bounds.size() - 1) < longest) {
            long bound = bound(++step, perDecade);
            if (bound > bounds.get(bounds.size() - 1)) {
                bounds.add(bound);
            }
        }
        counts = new long[bounds.size() - 1];
        for (Latencies.One one : sorted) {
            counts[bucket(one.nanos())] += one.weight();
        }
    }

    private static double steps(long shortest, long longest, int perDecade) {
        return Math.log10((double) longest / shortest) * perDecade + 2;
    }

    private static long bound(long step, int perDecade) {
        return Math.round(Math.pow(10, (double) step / perDecade));
    }

    /** Which holds a duration: above its lower bound and up to its upper one; the first has its lower one too. */
    private int bucket(long nanos) {
        int bucket = 0;
        while (bucket < counts.length - 1 && nanos > bounds.get(bucket + 1)) {
            bucket++;
        }
        return bucket;
    }

    /** {@code bounds} has one more than {@code counts}. */
    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("bounds", bounds);
        map.put("counts", Arrays.stream(counts).boxed().toList());
        return map;
    }
}
