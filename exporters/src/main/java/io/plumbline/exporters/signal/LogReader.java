package io.plumbline.exporters.signal;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads OTLP log records, field by field: an object for each attribute and its value, made to be thrown away, would be the half of what an
 * exporter costs. Every log record can be represented. The form is that of OTLP's {@code logs.proto}.
 *
 * <p>One for each message. Not thread-safe.
 */
final class LogReader {
    /** Values in values: as deep as protobuf's own readers go, of a hundred messages in each other, were all of them maps. */
    private static final int MAX_DEPTH = 30;

    private final byte[] bytes;
    private final TextCache texts = new TextCache();
    private final List<Signal> signals = new ArrayList<>();
    private int depth;

    private LogReader(byte[] bytes) {
        this.bytes = bytes;
    }

    static Decoded read(byte[] bytes) throws InvalidProtocolBufferException {
        LogReader reader = new LogReader(bytes);
        try {
            reader.all(CodedInputStream.newInstance(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidProtocolBufferException(e);
        }
        return new Decoded(reader.signals, List.of());
    }

    private void all(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isMessage(tag, LogsData.RESOURCE_LOGS_FIELD_NUMBER)) {
                int size = in.readRawVarint32();
                int from = in.getTotalBytesRead();
                in.skipRawBytes(size);
                ofResource(from, size);
            } else {
                skip(in, tag);
            }
        }
    }

    /** The resource may stand behind the records, so it is looked for first. */
    private void ofResource(int from, int size) throws IOException {
        io.opentelemetry.proto.resource.v1.Resource.Builder resource =
                io.opentelemetry.proto.resource.v1.Resource.newBuilder();
        CodedInputStream in = CodedInputStream.newInstance(bytes, from, size);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isMessage(tag, ResourceLogs.RESOURCE_FIELD_NUMBER)) {
                resource.mergeFrom(in.readBytes());
            } else {
                skip(in, tag);
            }
        }
        Resource read = Resource.of(AnyValues.map(resource.getAttributesList()));
        in = CodedInputStream.newInstance(bytes, from, size);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isMessage(tag, ResourceLogs.SCOPE_LOGS_FIELD_NUMBER)) {
                int outer = in.pushLimit(in.readRawVarint32());
                ofScope(in, from, read);
                in.popLimit(outer);
            } else {
                skip(in, tag);
            }
        }
    }

    private void ofScope(CodedInputStream in, int start, Resource resource) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isMessage(tag, ScopeLogs.LOG_RECORDS_FIELD_NUMBER)) {
                int size = in.readRawVarint32();
                int outer = in.pushLimit(size);
                signals.add(log(in, start, resource, size));
                in.popLimit(outer);
            } else {
                skip(in, tag);
            }
        }
    }

    private LogSignal log(CodedInputStream in, int start, Resource resource, int size) throws IOException {
        long time = 0;
        long observed = 0;
        int severity = 0;
        String severityText = "";
        Object body = null;
        LinkedHashMap<String, Object> attributes = new LinkedHashMap<>();
        String traceId = "";
        String spanId = "";
        String event = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case LogRecord.TIME_UNIX_NANO_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64 ->
                    time = in.readFixed64();
                case LogRecord.OBSERVED_TIME_UNIX_NANO_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64 ->
                    observed = in.readFixed64();
                case LogRecord.SEVERITY_NUMBER_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT ->
                    severity = in.readEnum();
                case LogRecord.SEVERITY_TEXT_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    severityText = text(in, start);
                case LogRecord.BODY_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> body = value(in, start);
                case LogRecord.ATTRIBUTES_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    pair(in, start, attributes, false);
                case LogRecord.TRACE_ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    traceId = AnyValues.hexId(in.readBytes());
                case LogRecord.SPAN_ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    spanId = AnyValues.hexId(in.readBytes());
                case LogRecord.EVENT_NAME_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    event = text(in, start);
                default -> skip(in, tag);
            }
        }
        return new LogSignal(
                resource,
                time,
                observed,
                severity,
                severityText,
                body == null ? "" : body,
                Values.owned(attributes),
                traceId,
                spanId,
                event,
                size);
    }

    /** @param isNested whether a key without a value is kept, as in a map that is a value */
    private void pair(CodedInputStream in, int start, Map<String, Object> map, boolean isNested) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        String key = "";
        Object value = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isMessage(tag, KeyValue.KEY_FIELD_NUMBER)) {
                key = text(in, start);
            } else if (isMessage(tag, KeyValue.VALUE_FIELD_NUMBER)) {
                value = value(in, start);
            } else {
                skip(in, tag);
            }
        }
        in.popLimit(outer);
        if (value != null || isNested) {
            map.put(key, value);
        }
    }

    /** Null if it is empty. */
    private Object value(CodedInputStream in, int start) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        if (++depth > MAX_DEPTH) {
            throw new InvalidProtocolBufferException("Protocol message had too many levels of nesting.");
        }
        Object value = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case AnyValue.STRING_VALUE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    value = text(in, start);
                case AnyValue.BOOL_VALUE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT -> value = in.readBool();
                case AnyValue.INT_VALUE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT -> value = in.readInt64();
                case AnyValue.DOUBLE_VALUE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_FIXED64 -> value = in.readDouble();
                case AnyValue.ARRAY_VALUE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    value = list(in, start);
                case AnyValue.KVLIST_VALUE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    value = map(in, start);
                case AnyValue.BYTES_VALUE_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    value = AnyValues.base64(in.readBytes());
                default -> skip(in, tag);
            }
        }
        depth--;
        in.popLimit(outer);
        return value;
    }

    private List<Object> list(CodedInputStream in, int start) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        List<Object> list = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isMessage(tag, ArrayValue.VALUES_FIELD_NUMBER)) {
                list.add(value(in, start));
            } else {
                skip(in, tag);
            }
        }
        in.popLimit(outer);
        return Collections.unmodifiableList(list);
    }

    private Map<String, Object> map(CodedInputStream in, int start) throws IOException {
        int outer = in.pushLimit(in.readRawVarint32());
        Map<String, Object> map = new LinkedHashMap<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isMessage(tag, KeyValueList.VALUES_FIELD_NUMBER)) {
                pair(in, start, map, true);
            } else {
                skip(in, tag);
            }
        }
        in.popLimit(outer);
        return Collections.unmodifiableMap(map);
    }

    private String text(CodedInputStream in, int start) throws IOException {
        int size = in.readRawVarint32();
        int from = start + in.getTotalBytesRead();
        in.skipRawBytes(size);
        return texts.of(bytes, from, size);
    }

    private static boolean isMessage(int tag, int field) {
        return tag == (field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    /** What later versions of OTLP have, or another writer made of it. An end of a group has no place here. */
    private static void skip(CodedInputStream in, int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new InvalidProtocolBufferException("Protocol message end-group tag did not match expected tag.");
        }
    }
}
