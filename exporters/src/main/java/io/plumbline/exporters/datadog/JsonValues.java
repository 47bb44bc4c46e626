package io.plumbline.exporters.datadog;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes attribute values. Texts above a length end in a mark; what is nested deeper than Datadog reads becomes text. */
final class JsonValues {
    private static final int MAX_LEVELS = 10;

    private final JsonGenerator json;
    private final int maxChars;

    JsonValues(JsonGenerator json, int maxChars) {
        this.json = json;
        this.maxChars = maxChars;
    }

    void write(Object value) throws IOException {
        write(value, 1);
    }

    /** The text, or its beginning and a mark that says how long it was. */
    String cut(String text) {
        if (text.length() <= maxChars) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
        return text.substring(0, end) + "… [cut by plumbline: " + text.length() + " characters]";
    }

    private void write(Object value, int level) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumber(number);
        } else if (value instanceof List<?> list && level < MAX_LEVELS) {
            writeList(list, level);
        } else if (value instanceof Map<?, ?> map && level < MAX_LEVELS) {
            writeMap(map, level);
        } else {
            json.writeString(cut(value.toString()));
        }
    }

    private void writeList(List<?> list, int level) throws IOException {
        json.writeStartArray();
        for (Object element : list) {
            write(element, level + 1);
        }
        json.writeEndArray();
    }

    private void writeMap(Map<?, ?> map, int level) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeFieldName(String.valueOf(entry.getKey()));
            write(entry.getValue(), level + 1);
        }
        json.writeEndObject();
    }
}
