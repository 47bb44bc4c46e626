package io.plumbline.exporters.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.exporters.signal.LogSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the body of {@code _bulk}: for each record a line that says {@code create} and its id, and the document. */
final class BulkBody {

    private static final JsonFactory JSON = new JsonFactory();

    private BulkBody() {}

    static byte[] of(List<LogSignal> logs, ElasticsearchSettings settings) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(logs.size() * 512);
        ByteArrayOutputStream document = new ByteArrayOutputStream(1_024);
        try {
            for (LogSignal log : logs) {
                document.reset();
                writeDocument(document, log, settings);
                writeAction(body, DocumentId.of(log, document.toByteArray()));
                document.writeTo(body);
                body.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return body.toByteArray();
    }

    private static void writeAction(ByteArrayOutputStream body, String id) throws IOException {
        body.writeBytes("{\"create\":{\"_id\":".getBytes(StandardCharsets.US_ASCII));
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeString(id);
        }
        body.writeBytes("}}\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void writeDocument(ByteArrayOutputStream out, LogSignal log, ElasticsearchSettings settings)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            new LogDocument(json).write(log, settings);
        }
    }
}
