package io.plumbline.pipeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.wire.DeadLetter;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.signal.MalformedRecordException;
import io.plumbline.exporters.signal.OtlpPicker;
import io.plumbline.exporters.signal.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead letters as records of a topic. The value is the signal alone, so that it can be sent again by itself, or a record that can't
 * be read as it came; the headers are a {@link DeadLetter}.
 *
 * <p>The bargain: while Kafka does not take a dead letter, its exporter stands still; to go on would lose it. After a crash one
 * may be there twice.
 *
 * <p>Threads: one lane's; the producer may be shared.
 */
final class DeadLetterTopic implements DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterTopic.class);

    /** On their way to Kafka at once; bounds the memory that one large record of small signals takes. */
    private static final int MAX_UNDER_WAY = 1_000;

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
    public void put(List<Loss> losses) throws InterruptedException {
        Map<ConsumerRecord<byte[], byte[]>, List<Loss>> byOrigin = new LinkedHashMap<>();
        losses.forEach(loss -> byOrigin.computeIfAbsent(loss.origin(), any -> new ArrayList<>())
                .add(loss));
        for (List<Loss> ofOrigin : byOrigin.values()) {
            for (int from = 0; from < ofOrigin.size(); from += MAX_UNDER_WAY) {
                keep(letters(ofOrigin.subList(from, Math.min(ofOrigin.size(), from + MAX_UNDER_WAY))));
            }
        }
    }

    private void keep(List<ProducerRecord<byte[], byte[]>> letters) throws InterruptedException {
        List<ProducerRecord<byte[], byte[]>> open = notSafe(letters);
        while (!open.isEmpty()) {
            Pause.SLEEP.pause(backoff.next(Optional.empty()));
            open = notSafe(open);
        }
        backoff.reset();
    }

    /** Sends them side by side, and answers which of them Kafka did not take. */
    private List<ProducerRecord<byte[], byte[]>> notSafe(List<ProducerRecord<byte[], byte[]>> letters)
            throws InterruptedException {
        List<Future<?>> sent = new ArrayList<>();
        Exception problem = null;
        try {
            for (ProducerRecord<byte[], byte[]> letter : letters) {
                sent.add(producer.send(letter));
            }
        } catch (KafkaException e) {
            problem = e;
        }
        List<ProducerRecord<byte[], byte[]>> open = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            try {
                sent.get(i).get();
            } catch (ExecutionException e) {
                problem = e;
                open.add(letters.get(i));
            }
        }
        open.addAll(letters.subList(sent.size(), letters.size()));
        if (problem != null) {
            LOG.warn("{} waits until {} takes {} dead letters", exporter, topic, open.size(), problem);
        }
        return open;
    }

    /** @param losses all of one record */
    private List<ProducerRecord<byte[], byte[]>> letters(List<Loss> losses) {
        Map<Integer, byte[]> alone = alone(losses);
        Instant now = Instant.now();
        List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
        for (Loss loss : losses) {
            byte[] own = loss.item().map(item -> alone.get(item.index())).orElse(null);
            ConsumerRecord<byte[], byte[]> origin = loss.origin();
            ProducerRecord<byte[], byte[]> letter =
                    new ProducerRecord<>(topic, origin.key(), own == null ? origin.value() : own);
            head(loss, own != null, now)
                    .headers()
                    .forEach((name, value) -> letter.headers().add(name, value.getBytes(UTF_8)));
            letters.add(letter);
        }
        return letters;
    }

    private DeadLetter head(Loss loss, boolean alone, Instant now) {
        ConsumerRecord<byte[], byte[]> origin = loss.origin();
        if (origin.topic().equals(Topics.REPLAY)) {
            return Intake.head(origin).again(loss.cause().word(), loss.reason(), now);
        }
        Optional<Signal> signal = loss.item().map(Item::signal);
        return new DeadLetter(
                exporter,
                loss.cause().word(),
                loss.reason(),
                origin.topic(),
                origin.partition(),
                origin.offset(),
                loss.item().map(Item::index).map(List::of).orElse(List.of()),
                now,
                signal.map(Signal::probeId).orElse(""),
                signal.map(each -> each.kind().name().toLowerCase(Locale.ROOT))
                        .orElse(DeadLetter.kindOf(origin.topic())),
                1,
                alone);
    }

    /** The signals by themselves. One that can't be had so keeps its whole record: no loss may come of keeping losses. */
    private Map<Integer, byte[]> alone(List<Loss> losses) {
        Set<Integer> indices = losses.stream()
                .flatMap(loss -> loss.item().stream())
                .map(Item::index)
                .collect(Collectors.toSet());
        if (indices.isEmpty()) {
            return Map.of();
        }
        Item any = losses.get(0).item().orElseThrow();
        try {
            return OtlpPicker.pick(any.signal().kind(), any.origin().value(), indices);
        } catch (MalformedRecordException e) {
            LOG.error("a defect of the pipeline: signals of a record that was read can't be picked out of it", e);
            return Map.of();
        }
    }
}
