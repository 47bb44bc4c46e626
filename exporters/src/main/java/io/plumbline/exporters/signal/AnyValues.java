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
import java.util.Objects;
import java.util.function.UnaryOperator;

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
            case BYTES_VALUE -> base64(value.getBytesValue());
            default -> null;
        };
    }

    /** How bytes are represented. */
    static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Changed attributes in OTLP's form; a value that is still as it came keeps its own. */
    static List<KeyValue> map(List<KeyValue> came, UnaryOperator<Map<String, Object>> change) {
        Map<String, Object> map = change.apply(map(came));
        Map<String, AnyValue> known = new LinkedHashMap<>();
        came.forEach(pair -> known.put(pair.getKey(), pair.getValue()));
        List<KeyValue> pairs = new ArrayList<>(map.size());
        map.forEach((key, value) -> {
            AnyValue form = known.get(key);
            boolean same = form != null && Objects.equals(value(form), value);
            pairs.add(KeyValue.newBuilder()
                    .setKey(key)
                    .setValue(same ? form : form(value))
                    .build());
        });
        return pairs;
    }

    /** Attributes in OTLP's form, in the same order. */
    static List<KeyValue> pairs(Map<String, ?> map) {
        return map(List.of(), none -> Values.copyOf(map));
    }

    private static AnyValue form(Object value) {
        AnyValue.Builder form = AnyValue.newBuilder();
        if (value instanceof Boolean bool) {
            form.setBoolValue(bool);
        } else if (value instanceof Long number) {
            form.setIntValue(number);
        } else if (value instanceof Double number) {
            form.setDoubleValue(number);
        } else if (value instanceof List<?> list) {
            list.forEach(item -> form.getArrayValueBuilder().addValues(form(item)));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> form.getKvlistValueBuilder()
                    .addValues(KeyValue.newBuilder().setKey(key.toString()).setValue(form(item))));
        } else if (value != null) {
            form.setStringValue(value.toString());
        }
        return form.build();
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
