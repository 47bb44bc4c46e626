package io.plumbline.exporters.signal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.trace.v1.TracesData;

/**
 * Reads the OTLP protobuf of a Kafka record, as our agent and stock Collectors write it.
 *
 * <p>Nothing is dropped silently: bytes that are no OTLP are an exception, and metric points of a type that exporters
 * are not given (delta, summary) are returned as refusals with a reason.
 *
 * <p>Threads: stateless.
 */
public final class OtlpDecoder {

    private OtlpDecoder() {}

    /**
     * Decodes one record.
     *
     * @param kind what the topic carries
     * @param bytes {@code LogsData}, {@code MetricsData} or {@code TracesData}; no bytes at all are a message without signals
     */
    public static Decoded decode(SignalKind kind, byte[] bytes) throws MalformedRecordException {
        try {
            return switch (kind) {
                case LOG -> LogReader.read(bytes);
                case METRIC -> MetricReader.read(MetricsData.parseFrom(bytes));
                case SPAN -> SpanReader.read(TracesData.parseFrom(bytes));
            };
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedRecordException(
                    "not OTLP protobuf of kind " + kind + " (" + bytes.length + " bytes): " + e.getMessage(), e);
        }
    }
}
