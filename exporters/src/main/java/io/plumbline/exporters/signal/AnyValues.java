package io.plumbline.exporters.signal;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns OTLP's values into plain Java values. */
final class AnyValues {

    private static final HexFormat HEX = HexFormat.of();

    private AnyValues() {}

    /** Unmodifiable, in the order of the wire; of equal keys the last counts; attributes without a value are left out. */
    static Map<String, Object> map(List<KeyValue> pairs) {
        Map<String, Object> map = new LinkedHashMap<>(pairs.size() * 2);
        for (KeyValue pair : pairs) {
            Object value = value(pair.getValue());
            if (value != null) {
                map.put(pair.getKey(), value);
            }
        }
        return Collections.unmodifiableMap(map);
    }

    /** Null if the value is empty. */
    static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case ARRAY_VALUE -> list(value.getArrayValue().getValuesList());
            case KVLIST_VALUE -> nestedMap(value.getKvlistValue().getValuesList());
            case BYTES_VALUE ->
                Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            default -> null;
        };
    }

    /** Trace and span ids; zeros stand for "none" in OTLP. */
    static String hexId(ByteString id) {
        for (int i = 0; i < id.size(); i++) {
            if (id.byteAt(i) != 0) {
                return HEX.formatHex(id.toByteArray());
            }
        }
        return "";
    }

    private static List<Object> list(List<AnyValue> values) {
        List<Object> list = new ArrayList<>(values.size());
        for (AnyValue value : values) {
            list.add(value(value));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, Object> nestedMap(List<KeyValue> pairs) {
        Map<String, Object> map = new LinkedHashMap<>(pairs.size() * 2);
        for (KeyValue pair : pairs) {
            map.put(pair.getKey(), value(pair.getValue()));
        }
        return Collections.unmodifiableMap(map);
    }
}
