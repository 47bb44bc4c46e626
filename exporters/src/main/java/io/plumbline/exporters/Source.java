package io.plumbline.exporters;

import java.util.Objects;

/**
 * Where signals come from: one partition of a topic. Only one process of a pipeline reads it at a time, and it may move to another.
 *
 * @param partition from 0
 */
public record Source(String topic, int partition) {

    public Source {
        Objects.requireNonNull(topic, "topic");
    }
}
