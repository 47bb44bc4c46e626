package io.plumbline.pipeline.pairing;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.plumbline.config.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What pairing has told, as a backend sees it that keeps one of two spans with the same id. */
final class Receiver implements AutoCloseable {
    private final Consumer<byte[], byte[]> consumer;
    final Map<String, Span> spans = new HashMap<>();
    final List<String> logs = new ArrayList<>();

    /** How many spans came, those that came twice too. */
    int came;

    /** The last count of each series of each process. */
    private final Map<String, Long> counts = new HashMap<>();

    private final Map<String, Double> gauges = new HashMap<>();

    Receiver(String kafka) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : List.of(Topics.SPANS, Topics.METRICS, Topics.LOGS)) {
            consumer.partitionsFor(topic).forEach(info -> all.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /** Takes what has come since. */
    Receiver poll() {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(100))) {
            try {
                take(each);
            } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        }
        return this;
    }

    private void take(ConsumerRecord<byte[], byte[]> each) throws com.google.protobuf.InvalidProtocolBufferException {
        switch (each.topic()) {
            case Topics.SPANS ->
                TracesData.parseFrom(each.value())
                        .getResourceSpansList()
                        .forEach(resource -> resource.getScopeSpansList()
                                .forEach(scope -> scope.getSpansList().forEach(span -> {
                                    came++;
                                    spans.put(
                                            HexFormat.of()
                                                    .formatHex(span.getSpanId().toByteArray()),
                                            span);
                                })));
            case Topics.METRICS ->
                MetricsData.parseFrom(each.value()).getResourceMetricsList().forEach(resource -> {
                    String process = text(resource.getResource().getAttributesList(), "service.instance.id");
                    resource.getScopeMetricsList()
                            .forEach(scope -> scope.getMetricsList().forEach(metric -> count(process, metric)));
                });
            default ->
                LogsData.parseFrom(each.value())
                        .getResourceLogsList()
                        .forEach(resource -> resource.getScopeLogsList()
                                .forEach(scope -> scope.getLogRecordsList()
                                        .forEach(log -> logs.add(log.getBody().getStringValue()))));
        }
    }

    private void count(String process, Metric metric) {
        metric.getGauge()
                .getDataPointsList()
                .forEach(point -> gauges.put(
                        process + " " + metric.getName() + " " + text(point.getAttributesList(), "plumbline.span.from"),
                        point.getAsDouble()));
        if (metric.hasHistogram()) {
            for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
                counts.put(
                        process + " " + metric.getName() + " " + text(point.getAttributesList(), "plumbline.span.from"),
                        point.getCount());
            }
        } else {
            metric.getSum()
                    .getDataPointsList()
                    .forEach(point -> counts.put(
                            process + " " + metric.getName() + " "
                                    + text(point.getAttributesList(), "plumbline.span.from")
                                    + text(point.getAttributesList(), "cause") + " "
                                    + text(point.getAttributesList(), "plumbline.probe.id"),
                            point.getAsInt()));
        }
    }

    /** The sum of a gauge over all series. */
    double gauged(String metric) {
        return gauges.entrySet().stream()
                .filter(entry -> entry.getKey().contains(" " + metric + " "))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Hits of a probe that were not paired, for a cause. */
    long lost(String cause, String probe) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(" plumbline.pairing.lost " + cause + " " + probe))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Of all processes together. */
    long counted(String metric) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().contains(" " + metric + " "))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The spans with a name. */
    List<Span> named(String name) {
        return spans.values().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    static String text(List<KeyValue> attributes, String name) {
        return attributes.stream()
                .filter(each -> each.getKey().equals(name))
                .map(each -> each.getValue().hasIntValue()
                        ? String.valueOf(each.getValue().getIntValue())
                        : each.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
