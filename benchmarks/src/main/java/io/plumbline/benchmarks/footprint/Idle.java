package io.plumbline.benchmarks.footprint;

import java.util.Map;

/**
 * A program at rest.
 *
 * @param heapBytes in use after garbage collection
 * @param metaspaceBytes in use
 * @param classes loaded
 * @param threads of Java, as the JVM counts them
 * @param cpuMillis of processor time in a minute
 * @param wakeUps in a minute, by the name of the thread; those of the JVM's own threads under {@code JVM}
 */
record Idle(
        long heapBytes,
        long metaspaceBytes,
        long classes,
        long threads,
        double cpuMillis,
        Map<String, Double> wakeUps) {

    double allWakeUps() {
        return wakeUps.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
