package io.plumbline.pipeline.pairing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.plumbline.config.pairing.PointHit;
import io.plumbline.config.wire.PointAttributes;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.exporters.signal.Resource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a record of the points' topic, straight from its protobuf: what exporters read into maps would be half of what pairing
 * costs. Stateless.
 */
final class ArrivalReader {
    private static final HexFormat HEX = HexFormat.of();

    /** What a log record says of a hit or a hop. */
    private static final class Said {
        private final Map<String, String> texts = new LinkedHashMap<>();
        private String probe = "";
        private String uid = "";
        private String point = "";
        private String key = "";
        private String clock = "";
        private String function = "";
        private String side = "";
        private String span = "";
        private long monotonic;
        private long every = 1;
        private long thread;
        private long line;
        private long start;
        private long end;
        private long error;
    }

    private ArrivalReader() {}

    /**
     * In the order of the wire; what is neither hit nor hop, or lacks what each has, is left out.
     *
     * @throws InvalidProtocolBufferException when it is no OTLP
     */
    static List<Arrival> read(byte[] value) throws InvalidProtocolBufferException {
        List<Arrival> arrivals = new ArrayList<>();
        for (ResourceLogs logs : LogsData.parseFrom(value).getResourceLogsList()) {
            Resource resource = Resource.of(Otlp.map(logs.getResource().getAttributesList()));
            logs.getScopeLogsList()
                    .forEach(scope -> scope.getLogRecordsList().forEach(record -> {
                        Arrival arrival = arrival(record, resource);
                        if (arrival != null) {
                            arrivals.add(arrival);
                        }
                    }));
        }
        return arrivals;
    }

    private static Arrival arrival(LogRecord record, Resource resource) {
        boolean isPoint = record.getEventName().equals(PointAttributes.EVENT_POINT);
        if (!isPoint && !record.getEventName().equals(PointAttributes.EVENT_HOP)) {
            return null;
        }
        Said said = new Said();
        for (KeyValue each : record.getAttributesList()) {
            take(said, each.getKey(), each.getValue());
        }
        if (!isPoint) {
            return new Arrival.Hop(said.clock, said.side.equals("client"), said.span, said.start, said.end, said.error);
        }
        return said.key.isEmpty() ? null : new Arrival.Hit(said.probe, hit(record, said, resource), resource);
    }

    private static void take(Said said, String key, AnyValue value) {
        switch (key) {
            case SignalAttributes.PROBE_ID -> said.probe = value.getStringValue();
            case SignalAttributes.RECORD_UID -> said.uid = value.getStringValue();
            case PointAttributes.POINT -> said.point = value.getStringValue();
            case PointAttributes.KEY -> said.key = value.getStringValue();
            case PointAttributes.CLOCK -> said.clock = value.getStringValue();
            case PointAttributes.MONOTONIC -> said.monotonic = value.getIntValue();
            case PointAttributes.EVERY -> said.every = value.getIntValue();
            case PointAttributes.HOP_SIDE -> said.side = value.getStringValue();
            case PointAttributes.HOP_SPAN -> said.span = value.getStringValue();
            case PointAttributes.HOP_START -> said.start = value.getIntValue();
            case PointAttributes.HOP_END -> said.end = value.getIntValue();
            case PointAttributes.HOP_ERROR -> said.error = value.getIntValue();
            case "thread.id" -> said.thread = value.getIntValue();
            case "code.function.name" -> said.function = value.getStringValue();
            case "code.line.number" -> said.line = value.getIntValue();
            case SignalAttributes.VALUES ->
                value.getKvlistValue()
                        .getValuesList()
                        .forEach(each -> said.texts.put(each.getKey(), String.valueOf(Otlp.plain(each.getValue()))));
            default -> {
                // said for others
            }
        }
    }

    private static PointHit hit(LogRecord record, Said said, Resource resource) {
        return new PointHit(
                said.uid,
                said.point,
                said.key,
                id(record.getTraceId()),
                id(record.getSpanId()),
                record.getTimeUnixNano(),
                said.monotonic,
                said.clock,
                resource.instance() + "/" + said.thread,
                (int) said.every,
                said.texts,
                said.line == 0 ? said.function : said.function + ":" + said.line);
    }

    /** Zeros stand for "none" in OTLP. */
    private static String id(ByteString id) {
        for (int i = 0; i < id.size(); i++) {
            if (id.byteAt(i) != 0) {
                return HEX.formatHex(id.toByteArray());
            }
        }
        return "";
    }
}
