package io.plumbline.exporters.datadog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.exporters.signal.AttributeNames;
import io.plumbline.exporters.signal.LogSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The form of a log: Datadog's own fields, and the record's attributes beside them under their names.
 *
 * <p>Datadog cuts what is above a megabyte, wherever that is. So that it stays a record, its texts are cut here instead,
 * as little as is enough; if even that is not enough the attributes are left out. {@code plumbline.cut} says so.
 */
final class LogEntry {
    /** Of one log, unpacked. */
    static final int MAX_BYTES = 1_000_000;

    private static final JsonFactory JSON = new JsonFactory();
    private static final int[] TEXT_CHARS = {Integer.MAX_VALUE, 100_000, 10_000, 1_000};

    /** Fields that we write; an attribute of that name has another one. */
    private static final Set<String> OWN = Set.of(
            "ddsource",
            "ddtags",
            "hostname",
            "host",
            "service",
            "status",
            "message",
            "timestamp",
            "date",
            "dd.trace_id",
            "dd.span_id",
            "trace_id",
            "span_id",
            "record_id",
            "event.name",
            "error",
            "body",
            "resource",
            "plumbline.cut");

    /** The record's id has a field of its own. */
    private static final Set<String> UNSENT = Set.of(AttributeNames.LOG_RECORD_UID, AttributeNames.DOCUMENT_ID);

    private final JsonGenerator json;
    private final JsonValues values;
    private final LogSignal log;

    private LogEntry(JsonGenerator json, JsonValues values, LogSignal log) {
        this.json = json;
        this.values = values;
        this.log = log;
    }

    /** How much of a log is written. */
    private record Extent(int textChars, boolean hasAttributes) {
        String cut() {
            return !hasAttributes ? "attributes" : textChars == Integer.MAX_VALUE ? "" : "texts";
        }
    }

    static byte[] bytes(LogSignal log, long millis, List<String> tags) {
        for (int chars : TEXT_CHARS) {
            byte[] bytes = bytes(log, millis, tags, new Extent(chars, true));
            if (bytes.length <= MAX_BYTES) {
                return bytes;
            }
        }
        return bytes(log, millis, tags, new Extent(10_000, false));
    }

    private static byte[] bytes(LogSignal log, long millis, List<String> tags, Extent extent) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            new LogEntry(json, new JsonValues(json, extent.textChars()), log).write(millis, tags, extent);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private void write(long millis, List<String> tags, Extent extent) throws IOException {
        json.writeStartObject();
        json.writeStringField("ddsource", "plumbline");
        json.writeStringField("ddtags", String.join(",", tags));
        writeText("hostname", Tags.host(log.resource()));
        writeText("service", log.resource().service());
        json.writeStringField("status", status());
        json.writeStringField("message", values.cut(log.body().toString()));
        json.writeNumberField("timestamp", millis);
        writeText("record_id", log.uid());
        writeText("event.name", log.eventName());
        writeText("plumbline.cut", extent.cut());
        writeCorrelation();
        if (extent.hasAttributes()) {
            writeError();
            writeAttributes();
        }
        json.writeEndObject();
    }

    /** Datadog's tracers write decimals of the lower 64 bits; the explorer also takes OpenTelemetry's own form. */
    private void writeCorrelation() throws IOException {
        writeText("trace_id", log.traceId());
        writeText("span_id", log.spanId());
        writeText("dd.trace_id", lowDecimal(log.traceId()));
        writeText("dd.span_id", lowDecimal(log.spanId()));
    }

    static String lowDecimal(String hex) {
        if (hex.isEmpty()) {
            return "";
        }
        String low = hex.substring(Math.max(0, hex.length() - 16));
        return Long.toUnsignedString(Long.parseUnsignedLong(low, 16));
    }

    /** Where Error Tracking looks. */
    private void writeError() throws IOException {
        Object type = log.attributes().get("exception.type");
        if (type == null) {
            return;
        }
        json.writeObjectFieldStart("error");
        writeText("kind", type.toString());
        writeText("message", attribute("exception.message"));
        writeText("stack", attribute(AttributeNames.EXCEPTION_STACK));
        json.writeEndObject();
    }

    private String attribute(String name) {
        Object value = log.attributes().get(name);
        return value == null ? "" : value.toString();
    }

    private void writeAttributes() throws IOException {
        for (Map.Entry<String, Object> attribute : log.attributes().entrySet()) {
            String name = attribute.getKey();
            if (!UNSENT.contains(name)) {
                json.writeFieldName(OWN.contains(name) ? "attribute." + name : name);
                values.write(attribute.getValue());
            }
        }
        if (log.body() instanceof Map<?, ?> || log.body() instanceof List<?>) {
            json.writeFieldName("body");
            values.write(log.body());
        }
        json.writeFieldName("resource");
        values.write(log.resource().attributes());
    }

    private void writeText(String field, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(field, values.cut(text));
        }
    }

    /** By OpenTelemetry's number, of which each word has four; else the producer's word. */
    private String status() {
        int number = log.severityNumber();
        if (number < 1 || number > 24) {
            String word = log.severityText().toLowerCase(Locale.ROOT);
            return word.isEmpty() ? "info" : values.cut(word);
        }
        return switch ((number - 1) / 4) {
            case 0 -> "trace";
            case 1 -> "debug";
            case 2 -> "info";
            case 3 -> "warn";
            case 4 -> "error";
            default -> "critical";
        };
    }
}
