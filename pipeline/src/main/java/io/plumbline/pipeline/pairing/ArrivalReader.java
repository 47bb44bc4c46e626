package io.plumbline.pipeline.pairing;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.plumbline.config.pairing.PointHit;
import io.plumbline.config.wire.PointAttributes;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.exporters.signal.Resource;
import io.plumbline.exporters.signal.TextCache;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads records of the points' topic, field by field: objects of every attribute would be half of what pairing costs. The form is
 * that of OTLP's {@code logs.proto}. One thread.
 */
final class ArrivalReader {
    private static final HexFormat HEX = HexFormat.of();

    /** Names, and values that come again and again. */
    private final TextCache texts = new TextCache();

    // the record that is being read
    private byte[] bytes;
    private CodedInputStream in;

    /** What a log record says of a hit or a hop. */
    private static final class Said {
        private Map<String, String> texts = Map.of();
        private String event = "";
        private String probe = "";
        private String uid = "";
        private String point = "";
        private String key = "";
        private String clock = "";
        private String function = "";
        private String side = "";
        private String span = "";
        private String traceId = "";
        private String spanId = "";
        private long time;
        private long monotonic;
        private long every = 1;
        private long thread;
        private long line;
        private long start;
        private long end;
        private long error;
    }

    /** Reads the fields of one message. */
    private interface Fields {
        /**
         * @return whether the field was read; else it is passed over
         */
        boolean read(int number) throws IOException;
    }

    /**
     * In the order of the wire; what is neither hit nor hop, or lacks what each has, is left out.
     *
     * @throws InvalidProtocolBufferException when it is no OTLP
     */
    List<Arrival> read(byte[] value) throws InvalidProtocolBufferException {
        bytes = value;
        in = CodedInputStream.newInstance(value);
        List<Arrival> arrivals = new ArrayList<>();
        try {
            fields(number -> number == LogsData.RESOURCE_LOGS_FIELD_NUMBER && message(() -> instance(arrivals)));
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
        return arrivals;
    }

    /** Work inside of one message. */
    private interface Inside {
        void run() throws IOException;
    }

    private boolean message(Inside inside) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        inside.run();
        in.popLimit(limit);
        return true;
    }

    /** All fields up to the message's end. */
    private void fields(Fields fields) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!fields.read(WireFormat.getTagFieldNumber(tag))) {
                in.skipField(tag);
            }
        }
    }

    /** The resource may stand behind the records, so it is looked for first. */
    private void instance(List<Arrival> arrivals) throws IOException {
        int from = in.getTotalBytesRead();
        int size = in.getBytesUntilLimit();
        Resource[] found = {Resource.of(Map.of())};
        fields(number -> number == ResourceLogs.RESOURCE_FIELD_NUMBER && resource(found));
        CodedInputStream outer = in;
        in = CodedInputStream.newInstance(bytes, 0, from + size);
        in.skipRawBytes(from);
        fields(number -> number == ResourceLogs.SCOPE_LOGS_FIELD_NUMBER
                && message(() -> fields(inner ->
                        inner == ScopeLogs.LOG_RECORDS_FIELD_NUMBER && message(() -> record(found[0], arrivals)))));
        in = outer;
    }

    private boolean resource(Resource[] found) throws IOException {
        found[0] = Resource.of(Otlp.map(io.opentelemetry.proto.resource.v1.Resource.parseFrom(in.readByteArray())
                .getAttributesList()));
        return true;
    }

    private void record(Resource resource, List<Arrival> arrivals) throws IOException {
        Said said = new Said();
        fields(number -> field(number, said));
        if (said.event.equals(PointAttributes.EVENT_HOP)) {
            arrivals.add(new Arrival.Hop(
                    said.clock, said.side.equals("client"), said.span, said.start, said.end, said.error));
        } else if (said.event.equals(PointAttributes.EVENT_POINT) && !said.key.isEmpty()) {
            arrivals.add(new Arrival.Hit(said.probe, hit(said, resource), resource));
        }
    }

    private boolean field(int number, Said said) throws IOException {
        switch (number) {
            case LogRecord.TIME_UNIX_NANO_FIELD_NUMBER -> said.time = in.readFixed64();
            case LogRecord.EVENT_NAME_FIELD_NUMBER -> said.event = text();
            case LogRecord.TRACE_ID_FIELD_NUMBER -> said.traceId = id();
            case LogRecord.SPAN_ID_FIELD_NUMBER -> said.spanId = id();
            case LogRecord.ATTRIBUTES_FIELD_NUMBER -> message(() -> attribute(said));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A key stands before its value, as every writer of protobuf has it. */
    private void attribute(Said said) throws IOException {
        String[] key = {""};
        fields(number -> {
            if (number == KeyValue.KEY_FIELD_NUMBER) {
                key[0] = text();
            } else if (number == KeyValue.VALUE_FIELD_NUMBER) {
                message(() -> value(key[0], said));
            } else {
                return false;
            }
            return true;
        });
    }

    private void value(String key, Said said) throws IOException {
        fields(number -> {
            switch (number) {
                case AnyValue.STRING_VALUE_FIELD_NUMBER -> {
                    return take(said, key);
                }
                case AnyValue.INT_VALUE_FIELD_NUMBER -> take(said, key, in.readInt64());
                case AnyValue.KVLIST_VALUE_FIELD_NUMBER -> {
                    return key.equals(SignalAttributes.VALUES) && message(() -> said.texts = values());
                }
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    /** A text; what is different in each record is not remembered. */
    private boolean take(Said said, String key) throws IOException {
        switch (key) {
            case SignalAttributes.PROBE_ID -> said.probe = text();
            case SignalAttributes.RECORD_UID -> said.uid = in.readString();
            case PointAttributes.POINT -> said.point = text();
            case PointAttributes.KEY -> said.key = in.readString();
            case PointAttributes.CLOCK -> said.clock = text();
            case PointAttributes.HOP_SIDE -> said.side = text();
            case PointAttributes.HOP_SPAN -> said.span = in.readString();
            case "code.function.name" -> said.function = text();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void take(Said said, String key, long value) {
        switch (key) {
            case PointAttributes.MONOTONIC -> said.monotonic = value;
            case PointAttributes.EVERY -> said.every = value;
            case PointAttributes.HOP_START -> said.start = value;
            case PointAttributes.HOP_END -> said.end = value;
            case PointAttributes.HOP_ERROR -> said.error = value;
            case "thread.id" -> said.thread = value;
            case "code.line.number" -> said.line = value;
            default -> {
                // said for others
            }
        }
    }

    private Map<String, String> values() throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        io.opentelemetry.proto.common.v1.KeyValueList.parseFrom(in)
                .getValuesList()
                .forEach(each -> values.put(each.getKey(), String.valueOf(Otlp.plain(each.getValue()))));
        return values;
    }

    private static PointHit hit(Said said, Resource resource) {
        return new PointHit(
                said.uid,
                said.point,
                said.key,
                said.traceId,
                said.spanId,
                said.time,
                said.monotonic,
                said.clock,
                resource.instance() + "/" + said.thread,
                (int) said.every,
                said.texts,
                said.line == 0 ? said.function : said.function + ":" + said.line);
    }

    private String text() throws IOException {
        int size = in.readRawVarint32();
        int from = in.getTotalBytesRead();
        in.skipRawBytes(size);
        return texts.of(bytes, from, size);
    }

    /** Zeros stand for "none" in OTLP. */
    private String id() throws IOException {
        byte[] id = in.readByteArray();
        for (byte each : id) {
            if (each != 0) {
                return HEX.formatHex(id);
            }
        }
        return "";
    }
}
