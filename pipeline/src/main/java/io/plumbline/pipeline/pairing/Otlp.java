package io.plumbline.pipeline.pairing;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.plumbline.exporters.signal.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plain values as OTLP's. Stateless. */
final class Otlp {

    private Otlp() {}

    static io.opentelemetry.proto.resource.v1.Resource resource(Resource resource) {
        var built = io.opentelemetry.proto.resource.v1.Resource.newBuilder();
        resource.attributes().forEach((name, value) -> built.addAttributes(attribute(name, value)));
        return built.build();
    }

    /** The values by name. */
    static Map<String, Object> map(List<KeyValue> attributes) {
        Map<String, Object> map = new LinkedHashMap<>();
        attributes.forEach(each -> map.put(each.getKey(), plain(each.getValue())));
        return map;
    }

    /** A number, a truth, or text. */
    static Object plain(AnyValue value) {
        return switch (value.getValueCase()) {
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BOOL_VALUE -> value.getBoolValue();
            default -> value.getStringValue();
        };
    }

    static KeyValue attribute(String name, Object value) {
        return KeyValue.newBuilder().setKey(name).setValue(value(value)).build();
    }

    private static AnyValue value(Object value) {
        AnyValue.Builder built = AnyValue.newBuilder();
        if (value instanceof Long number) {
            built.setIntValue(number);
        } else if (value instanceof Double number) {
            built.setDoubleValue(number);
        } else if (value instanceof Boolean truth) {
            built.setBoolValue(truth);
        } else if (value instanceof List<?> list) {
            ArrayValue.Builder values = ArrayValue.newBuilder();
            list.forEach(each -> values.addValues(value(each)));
            built.setArrayValue(values);
        } else if (value instanceof Map<?, ?> map) {
            KeyValueList.Builder values = KeyValueList.newBuilder();
            map.forEach((name, each) -> values.addValues(attribute(String.valueOf(name), each)));
            built.setKvlistValue(values);
        } else if (value != null) {
            built.setStringValue(value.toString());
        }
        return built.build();
    }
}
