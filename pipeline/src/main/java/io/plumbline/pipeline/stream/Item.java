package io.plumbline.pipeline.stream;

import io.plumbline.exporters.Source;
import io.plumbline.exporters.signal.Signal;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A signal and where it came from.
 *
 * @param index of the signal in its record, from 0
 */
record Item(Signal signal, ConsumerRecord<byte[], byte[]> origin, int index) {
    Source source() {
        return new Source(origin.topic(), origin.partition());
    }
}
