package io.plumbline.pipeline.control.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.wire.DeadLetter;
import io.plumbline.config.wire.ReplayedIds;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.KafkaPatience;
import io.plumbline.pipeline.control.records.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts dead letters on their way to the exporter that gave up on them, and remembers which.
 *
 * <p>The bargain: a letter is noted only when Kafka has its signals, so after a crash in between it counts as not sent and may
 * be sent twice; a backend that knows ids recognises it.
 *
 * <p>Threads: any; one at a time, so that no letter is sent by two requests.
 */
public final class Replays implements AutoCloseable {
    private static final int MAX_REQUEST_BYTES = 2 << 20;

    /** Noted in one record. */
    private static final int NOTED_AT_ONCE = 500;

    private final Producer<byte[], byte[]> producer;
    private final Writer writer;
    private final ControlReader reader;

    public Replays(Map<String, Object> kafka, Writer writer, ControlReader reader) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "plumbline-replay");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, KafkaPatience.REQUEST_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, KafkaPatience.TRY_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, KafkaPatience.REQUEST_MILLIS);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.writer = writer;
        this.reader = reader;
    }

    /** What is sent in one request. */
    public final class Batch {
        private final List<LetterId> ids = new ArrayList<>();
        private final List<Future<RecordMetadata>> sent = new ArrayList<>();
        private final Map<String, Long> byExporter = new TreeMap<>();
        private final List<Map<String, Object>> refused = new ArrayList<>();

        /** Takes a letter, or notes why it can't be sent. */
        void add(ConsumerRecord<byte[], byte[]> kafkaRecord) {
            Letter letter = Letter.of(kafkaRecord);
            Collection<byte[]> signals;
            try {
                signals = LetterContent.signals(letter, kafkaRecord.value());
            } catch (Problem e) {
                refused.add(Map.of("id", letter.id().toString(), "reason", e.getMessage()));
                return;
            }
            for (byte[] signal : signals) {
                send(letter, signal);
            }
            ids.add(letter.id());
            byExporter.merge(letter.head().exporter(), (long) signals.size(), Long::sum);
            if (ids.size() == NOTED_AT_ONCE) {
                settle();
            }
        }

        /** Signals sent, by exporter. */
        Map<String, Long> byExporter() {
            return byExporter;
        }

        List<Map<String, Object>> refused() {
            return refused;
        }

        /** Waits until Kafka has them, and notes them. */
        void settle() {
            if (ids.isEmpty()) {
                return;
            }
            try {
                for (Future<RecordMetadata> each : sent) {
                    each.get(KafkaPatience.REQUEST_MILLIS, TimeUnit.MILLISECONDS);
                }
            } catch (ExecutionException | TimeoutException e) {
                throw notTaken(e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Problem.unavailable("the control plane is closing; try again when it is back");
            }
            String json = new ReplayedIds(ids.stream().map(LetterId::toString).toList()).json();
            RecordMetadata noted =
                    writer.write(Topics.REPLAYED, Map.of(UUID.randomUUID().toString(), json));
            reader.awaitHandled(new TopicPartition(noted.topic(), noted.partition()), noted.offset());
            ids.clear();
            sent.clear();
        }

        private void send(Letter letter, byte[] signal) {
            ProducerRecord<byte[], byte[]> again =
                    new ProducerRecord<>(Topics.REPLAY, letter.id().toString().getBytes(UTF_8), signal);
            letter.head().headers().forEach((name, value) -> again.headers().add(name, value.getBytes(UTF_8)));
            again.headers()
                    .add(DeadLetter.PREFIX + "letter", letter.id().toString().getBytes(UTF_8));
            try {
                sent.add(producer.send(again));
            } catch (KafkaException e) {
                throw notTaken(e);
            }
        }
    }

    public Batch batch() {
        return new Batch();
    }

    @Override
    public void close() {
        producer.close();
    }

    private static Problem notTaken(Throwable cause) {
        return Problem.unavailable(
                "Kafka did not take all of it (" + cause.getMessage() + "); check that the broker runs,"
                        + " then try again: what it has taken is noted and is not sent twice");
    }
}
