package io.plumbline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The way from JMH to the page, with iterations that are far too short to mean anything. */
class RunTest {

    @Test
    void page_hasARowForEveryComparison() throws RunnerException {
        Measurements measured = new Measurements();
        measured.add(new Runner(new OptionsBuilder()
                        .include(HitBenchmark.class.getName().replace(".", "\\.") + "\\.")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(10))
                        .addProfiler(MeasuredThreadBytes.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run());

        String page = new ResultsPage(measured).markdown(Map.of("machine", Machine.describe()), List.of(1));

        assertThat(page.lines().filter(line -> line.startsWith("| "))).hasSize(Comparison.ALL.size() + 2);
        assertThat(page).contains("## 1 thread", "## Steady", "hand ns", "probe ns");
    }

    @Test
    void samples_giveMedianAndQuartiles() {
        Samples samples = Samples.of(List.of(5.0, 1.0, 3.0, 2.0, 4.0));

        assertThat(samples).isEqualTo(new Samples(3, 1));
        assertThat(samples.isAboveNoise()).isTrue();
        assertThat(samples.over(samples).isAboveNoise()).isFalse();
    }
}
