/**
 * What a hit costs beside the same line written by hand. {@code HitBenchmark} measures, {@code Run} writes {@code
 * RESULTS.md}.
 */
package io.plumbline.benchmarks;
