package io.plumbline.pipeline.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.signal.OtlpDecoder;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Definitions in, signals and reports out; without a control plane. */
final class Wire implements AutoCloseable {
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, ProbeReport> reports = new HashMap<>();
    private final Map<String, Integer> signals = new HashMap<>();

    Wire(String kafka) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = List.of(Topics.LOGS, Topics.STATUS).stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    void define(String probe, String json) {
        try {
            producer.send(new ProducerRecord<>(Topics.PROBES, probe, json)).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Kafka did not take " + probe, e);
        }
    }

    /** Log records of one probe that ever left. */
    int signals(String probe) {
        poll();
        return signals.getOrDefault(probe, 0);
    }

    /** The last report of an instance; null when there is none. */
    ProbeReport report(String instance, String probe) {
        poll();
        return reports.get(ProbeReport.key(instance, probe));
    }

    private void poll() {
        for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(20))) {
            if (each.topic().equals(Topics.LOGS)) {
                count(each.value());
            } else if (each.value() == null) {
                reports.remove(each.key());
            } else {
                reports.put(each.key(), ProbeReport.parse(new String(each.value(), UTF_8)));
            }
        }
    }

    private void count(byte[] otlp) {
        try {
            for (Signal signal : OtlpDecoder.decode(SignalKind.LOG, otlp).signals()) {
                signals.merge(signal.probeId(), 1, Integer::sum);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
