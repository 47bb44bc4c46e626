package io.plumbline.exporters.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.exporters.chat.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Our own form, for programs. What a group does not have is left out; a long message is cut with a mark. */
final class JsonForm implements Form {
    static final int MESSAGE_CHARS = 10_000;

    private static final int VERSION = 1;
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public byte[] write(Message message, Optional<LinkTemplate> link) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("plumbline", VERSION);
            json.writeStringField("id", message.id());
            json.writeArrayFieldStart("groups");
            for (Group group : message.groups()) {
                write(json, group, link);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Group group, Optional<LinkTemplate> link) throws IOException {
        json.writeStartObject();
        json.writeStringField("probe", group.key().probe());
        writeIfSome(json, "service", group.key().service());
        writeIfSome(json, "event", group.key().event());
        writeIfSome(json, "fingerprint", group.key().fingerprint());
        json.writeNumberField("count", group.records());
        json.writeNumberField("weight", group.hits());
        writeIfSome(json, "first", group.first().map(Object::toString).orElse(""));
        writeIfSome(json, "last", group.lastTime().map(Object::toString).orElse(""));
        writeIfSome(json, "severity", group.severity());
        json.writeStringField("message", Texts.cut(group.message(), MESSAGE_CHARS));
        writeIfSome(json, "trace", group.last().traceId());
        writeIfSome(json, "link", link.flatMap(template -> template.of(group)).orElse(""));
        json.writeEndObject();
    }

    private static void writeIfSome(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }
}
