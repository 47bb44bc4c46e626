package io.plumbline.pipeline.stream;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One signal, or one record that holds none that can be read, that an exporter will never deliver.
 *
 * @param item the signal; empty when the record can't be read at all
 */
record Loss(ConsumerRecord<byte[], byte[]> origin, Optional<Item> item, LossCause cause, String reason) {

    static Loss of(Item item, LossCause cause, String reason) {
        return new Loss(item.origin(), Optional.of(item), cause, reason);
    }

    static Loss unreadable(ConsumerRecord<byte[], byte[]> origin, String reason) {
        return new Loss(origin, Optional.empty(), LossCause.MALFORMED, reason);
    }
}
