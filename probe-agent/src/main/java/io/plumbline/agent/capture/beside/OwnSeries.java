package io.plumbline.agent.capture.beside;

import java.util.List;

/** One series of an {@link OwnMetric}. Any thread, but for {@link #takeValues}. */
public interface OwnSeries {

    /** The values of the labels, in the order of the definition. */
    List<String> labelValues();

    /** A counter's sum, a gauge's last value; NaN for a gauge that has none yet. */
    double value();

    /** A histogram's buckets as of now. */
    Buckets buckets();

    /**
     * Hands over the values since the last call, where they are kept. One thread.
     *
     * @return how many found no place
     */
    long takeValues(Values out);

    /**
     * A distribution.
     *
     * @param counts one for each bound and one for what is above, not cumulative
     */
    record Buckets(List<Long> counts, double sum) {}

    /** Takes values. */
    interface Values {
        /**
         * @param weight how often it came
         */
        void accept(double value, long weight);
    }
}
