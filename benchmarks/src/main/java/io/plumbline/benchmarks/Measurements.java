package io.plumbline.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/** All samples of a run, by benchmark method and number of threads. */
final class Measurements {
    private final Map<String, List<Double>> nanos = new HashMap<>();
    private final Map<String, List<Double>> bytes = new HashMap<>();

    void add(Collection<RunResult> results) {
        for (RunResult result : results) {
            String name = result.getParams().getBenchmark();
            String key = key(
                    name.substring(name.lastIndexOf('.') + 1),
                    result.getParams().getThreads());
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                fork.getIterationResults().forEach(iteration -> add(key, iteration));
            }
        }
    }

    private void add(String key, IterationResult iteration) {
        nanos.computeIfAbsent(key, any -> new ArrayList<>())
                .add(iteration.getPrimaryResult().getScore());
        bytes.computeIfAbsent(key, any -> new ArrayList<>())
                .add(iteration
                        .getSecondaryResults()
                        .get(MeasuredThreadBytes.LABEL)
                        .getScore());
    }

    /** Nanoseconds of one call. */
    Samples nanos(String method, int threads) {
        return Samples.of(nanos.getOrDefault(key(method, threads), List.of()));
    }

    /** Bytes of one call, on the thread that made it. */
    Samples bytes(String method, int threads) {
        return Samples.of(bytes.getOrDefault(key(method, threads), List.of()));
    }

    private static String key(String method, int threads) {
        return method + "/" + threads;
    }
}
