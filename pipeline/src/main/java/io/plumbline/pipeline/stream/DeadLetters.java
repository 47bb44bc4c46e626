package io.plumbline.pipeline.stream;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where signals go that no repetition will deliver. */
interface DeadLetters {

    /**
     * Keeps a record for people to look at. Returns when it is safe, so that its offset may be committed.
     *
     * @param indices of the signals in the record that were not delivered; empty when the record can't be read at all
     */
    void put(ConsumerRecord<byte[], byte[]> origin, List<Integer> indices, String reason) throws InterruptedException;
}
