package io.plumbline.exporters.elasticsearch;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.exporters.signal.AttributeNames;
import io.plumbline.exporters.signal.LogSignal;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The form of a document: OpenTelemetry's own layout, as the Collector's {@code otel} mapping mode writes it.
 *
 * <p>Captured values become one field for searching. Those too long for an index's term, or nested too deeply, go into
 * a second field, which is kept with the document but cannot be searched.
 */
final class LogDocument {

    /** Lucene's limit of 32766 bytes, in characters of up to three bytes, with room for the field's path. */
    private static final int SEARCHABLE_CHARS = 10_000;

    /** Elasticsearch refuses a document whose flattened field is nested deeper than 20. */
    private static final int SEARCHABLE_LEVELS = 18;

    private static final String LONG_VALUES = "plumbline.long_values";

    private final JsonGenerator json;

    LogDocument(JsonGenerator json) {
        this.json = json;
    }

    void write(LogSignal log, ElasticsearchSettings settings) throws IOException {
        json.writeStartObject();
        json.writeStringField("@timestamp", time(log.bestTimeUnixNano()));
        if (log.observedTimeUnixNano() != 0) {
            json.writeStringField("observed_timestamp", time(log.observedTimeUnixNano()));
        }
        writeDataStream(settings);
        if (log.severityNumber() != 0) {
            json.writeNumberField("severity_number", log.severityNumber());
        }
        writeText("severity_text", log.severityText());
        writeText("event_name", log.eventName());
        writeText("trace_id", log.traceId());
        writeText("span_id", log.spanId());
        writeBody(log.body());
        writeAttributes("attributes", log.attributes());
        json.writeObjectFieldStart("resource");
        writeAttributes("attributes", log.resource().attributes());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeDataStream(ElasticsearchSettings settings) throws IOException {
        json.writeObjectFieldStart("data_stream");
        json.writeStringField("type", "logs");
        json.writeStringField("dataset", settings.dataset());
        json.writeStringField("namespace", settings.namespace());
        json.writeEndObject();
    }

    /** Text for searching; a structured body also as it is, in a field that is stored but not taken apart. */
    private void writeBody(Object body) throws IOException {
        if (body.equals("")) {
            return;
        }
        json.writeObjectFieldStart("body");
        json.writeStringField("text", body.toString());
        if (body instanceof Map<?, ?> || body instanceof List<?>) {
            json.writeFieldName("structured");
            writeValue(body);
        }
        json.writeEndObject();
    }

    private void writeAttributes(String field, Map<String, Object> attributes) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            if (attribute.getKey().equals(AttributeNames.VALUES)) {
                writeCaptured(attribute.getValue());
            } else {
                json.writeFieldName(attribute.getKey());
                writeValue(attribute.getValue());
            }
        }
        json.writeEndObject();
    }

    /** Values by expression; a foreign producer's value of that name that is no map gets a key. */
    private void writeCaptured(Object captured) throws IOException {
        Map<?, ?> values = captured instanceof Map<?, ?> map ? map : Map.of("value", captured);
        json.writeFieldName(AttributeNames.VALUES);
        writeMap(values, LogDocument::isSearchable);
        if (!values.entrySet().stream().allMatch(LogDocument::isSearchable)) {
            json.writeFieldName(LONG_VALUES);
            writeMap(values, entry -> !isSearchable(entry));
        }
    }

    private static boolean isSearchable(Map.Entry<?, ?> entry) {
        return isSearchable(entry.getValue(), String.valueOf(entry.getKey()).length(), 1);
    }

    /** Every single value, with the keys that lead to it, becomes a term of its own. */
    private static boolean isSearchable(Object value, int pathChars, int level) {
        if (value instanceof Map<?, ?> map) {
            return level < SEARCHABLE_LEVELS
                    && map.entrySet().stream().allMatch(entry -> {
                        int chars =
                                pathChars + 1 + String.valueOf(entry.getKey()).length();
                        return isSearchable(entry.getValue(), chars, level + 1);
                    });
        }
        if (value instanceof List<?> list) {
            return list.stream().allMatch(element -> isSearchable(element, pathChars, level));
        }
        return pathChars + String.valueOf(value).length() <= SEARCHABLE_CHARS;
    }

    private void writeText(String field, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(field, text);
        }
    }

    private void writeValue(Object value) throws IOException {
        if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Double number) {
            writeDouble(number);
        } else if (value instanceof List<?> list) {
            writeList(list);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, entry -> true);
        } else {
            json.writeNull();
        }
    }

    /** JSON has no NaN and no infinity. */
    private void writeDouble(double number) throws IOException {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    private void writeList(List<?> list) throws IOException {
        json.writeStartArray();
        for (Object element : list) {
            writeValue(element);
        }
        json.writeEndArray();
    }

    private void writeMap(Map<?, ?> map, Predicate<Map.Entry<?, ?>> wanted) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (wanted.test(entry)) {
                json.writeFieldName((String) entry.getKey());
                writeValue(entry.getValue());
            }
        }
        json.writeEndObject();
    }

    private static String time(long unixNano) {
        return Instant.ofEpochSecond(0, unixNano).toString();
    }
}
