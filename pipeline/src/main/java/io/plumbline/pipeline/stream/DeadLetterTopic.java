package io.plumbline.pipeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead letters as records of a topic. The value is the original record; the headers say which exporter gave up, why,
 * on which of its signals, and where the record stood.
 *
 * <p>The bargain: while Kafka does not take a dead letter, its exporter stands still; to go on would lose it.
 *
 * <p>Threads: the worker's; the producer may be shared.
 */
final class DeadLetterTopic implements DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTopic.class);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final String exporter;
    private final Backoff backoff = new Backoff(Math::random);

    DeadLetterTopic(Producer<byte[], byte[]> producer, String topic, String exporter) {
        this.producer = producer;
        this.topic = topic;
        this.exporter = exporter;
    }

    @Override
    public void put(ConsumerRecord<byte[], byte[]> origin, List<Integer> indices, String reason)
            throws InterruptedException {
        ProducerRecord<byte[], byte[]> letter = letter(origin, indices, reason);
        while (!isSafe(letter)) {
            Pause.SLEEP.pause(backoff.next(Optional.empty()));
        }
        backoff.reset();
    }

    private boolean isSafe(ProducerRecord<byte[], byte[]> letter) throws InterruptedException {
        try {
            producer.send(letter).get();
            return true;
        } catch (ExecutionException | KafkaException e) {
            LOG.warn("{} waits until {} takes a dead letter", exporter, topic, e);
            return false;
        }
    }

    private ProducerRecord<byte[], byte[]> letter(
            ConsumerRecord<byte[], byte[]> origin, List<Integer> indices, String reason) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(topic, origin.key(), origin.value());
        header(letter, "exporter", exporter);
        header(letter, "reason", reason);
        header(letter, "topic", origin.topic());
        header(letter, "partition", Integer.toString(origin.partition()));
        header(letter, "offset", Long.toString(origin.offset()));
        header(letter, "signals", indices.stream().map(String::valueOf).collect(Collectors.joining(",")));
        return letter;
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().add("plumbline." + name, value.getBytes(UTF_8));
    }
}
