package io.plumbline.exporters.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.Outcome.Rejection;
import io.plumbline.exporters.http.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the answer to {@code _bulk}: one status for each item, in their order. An answer that is not understood, or
 * has another number of items, counts as none: repeating is safe, for every document has its own id.
 */
final class BulkAnswer {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private final List<Item> items = new ArrayList<>();

    private BulkAnswer(JsonParser parser) {
        this.parser = parser;
    }

    private record Item(int status, String reason) {}

    static Outcome read(Answer answer, int batchSize) {
        try (JsonParser parser = JSON.createParser(answer.body())) {
            BulkAnswer bulk = new BulkAnswer(parser);
            bulk.readItems();
            if (bulk.items.size() == batchSize) {
                return bulk.outcome();
            }
            return Outcome.retry("the answer to _bulk has " + bulk.items.size() + " items for " + batchSize
                    + " records; check that elasticsearch.url is an Elasticsearch or OpenSearch");
        } catch (IOException e) {
            return Outcome.retry("the answer to _bulk is no JSON of that form; check that elasticsearch.url is an"
                    + " Elasticsearch or OpenSearch");
        }
    }

    private Outcome outcome() {
        List<Rejection> rejections = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (item.status() == 401 || item.status() == 403) {
                return new Outcome.Unauthorized("elasticsearch let a record not in: " + item.reason()
                        + "; check the user's rights and the index's blocks");
            }
            if (!isStored(item.status())) {
                rejections.add(new Rejection(i, item.reason(), isPassing(item.status())));
            }
        }
        return Outcome.of(rejections);
    }

    /** 409: a document with this id is there, and the id is ours, so it came with an earlier delivery. */
    private static boolean isStored(int status) {
        return (status >= 200 && status < 300) || status == 409;
    }

    /** 404: the data stream is missing, which is no fault of the record. */
    private static boolean isPassing(int status) {
        return status == 429 || status == 404 || status == 408 || status >= 500;
    }

    private void readItems() throws IOException {
        expect(parser.nextToken(), JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("items") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    readItem();
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    /** {@code {"create": {"status": 400, "error": {...}}}}, from its opening brace to its closing one. */
    private void readItem() throws IOException {
        int status = 0;
        String reason = "";
        expect(parser.nextToken(), JsonToken.FIELD_NAME);
        expect(parser.nextToken(), JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("status")) {
                status = parser.getIntValue();
            } else if (name.equals("error")) {
                reason = readError();
            } else {
                parser.skipChildren();
            }
        }
        expect(parser.nextToken(), JsonToken.END_OBJECT);
        items.add(new Item(status, "status " + status + (reason.isEmpty() ? "" : ": " + reason)));
    }

    /** All texts of the error in their order: type, reason, and the cause behind it. */
    private String readError() throws IOException {
        StringBuilder error = new StringBuilder();
        int depth = 0;
        JsonToken token = parser.currentToken();
        do {
            if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                depth++;
            } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING) {
                error.append(error.isEmpty() ? "" : ": ").append(parser.getText());
            }
            token = depth == 0 ? null : parser.nextToken();
        } while (token != null);
        return Answer.oneLine(error.toString());
    }

    private static void expect(JsonToken token, JsonToken wanted) throws IOException {
        if (token != wanted) {
            throw new IOException("expected " + wanted + ", found " + token);
        }
    }
}
