package io.plumbline.config.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.config.text.Node.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads text into {@link Node}s by way of a streaming Jackson parser, which gives the same tokens with line and column
 * for JSON and YAML. Refuses duplicate keys, aliases (they make small texts expand without end) and deep nesting.
 */
public final class NodeReader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_DEPTH = 32;

    private final JsonParser parser;
    private final String source;

    private final Predicate<JsonParser> isAlias;

    NodeReader(JsonParser parser, String source, Predicate<JsonParser> isAlias) {
        this.parser = parser;
        this.source = source;
        this.isAlias = isAlias;
    }

    /**
     * Reads one JSON value.
     *
     * @param source named in errors
     * @throws InvalidInputException when the text is no JSON
     */
    public static Node json(String text, String source) {
        try (JsonParser parser = JSON.createParser(text)) {
            List<Node> documents = new NodeReader(parser, source, any -> false).documents();
            if (documents.size() != 1) {
                throw new InvalidInputException(Place.of(source), "expected one JSON value, found " + documents.size());
            }
            return documents.get(0);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    /** All documents up to the end of the text. */
    List<Node> documents() throws IOException {
        List<Node> documents = new ArrayList<>();
        try {
            while (parser.nextToken() != null) {
                documents.add(value("", 0));
            }
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(place(e.getLocation(), ""), "can't be read: " + firstLine(e));
        }
        return documents;
    }

    private Node value(String field, int depth) throws IOException {
        Place place = place(parser.currentTokenLocation(), field);
        if (depth > MAX_DEPTH) {
            throw new InvalidInputException(place, "nested deeper than " + MAX_DEPTH + " levels");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> mapping(place, depth);
            case START_ARRAY -> sequence(place, depth);
            case VALUE_NULL -> new Scalar(place, "", Scalar.Type.NULL);
            case VALUE_TRUE, VALUE_FALSE -> new Scalar(place, parser.getText(), Scalar.Type.BOOLEAN);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Scalar(place, parser.getText(), Scalar.Type.NUMBER);
            case VALUE_STRING -> text(place);
            default -> throw new InvalidInputException(place, "unexpected " + token);
        };
    }

    private Node text(Place place) throws IOException {
        if (isAlias.test(parser)) {
            throw new InvalidInputException(place, "aliases (*name) are not taken; write the value out");
        }
        return new Scalar(place, parser.getText(), Scalar.Type.TEXT);
    }

    private Node mapping(Place place, int depth) throws IOException {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Place> keyPlaces = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place keyPlace = place(parser.currentTokenLocation(), Place.key(place.field(), key));
            if (keyPlaces.put(key, keyPlace) != null) {
                throw new InvalidInputException(keyPlace, "key '" + key + "' stands twice; keep one");
            }
            parser.nextToken();
            entries.put(key, value(keyPlace.field(), depth + 1));
        }
        return new Node.Mapping(place, entries, keyPlaces);
    }

    private Node sequence(Place place, int depth) throws IOException {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(Place.item(place.field(), items.size()), depth + 1));
        }
        return new Node.Sequence(place, items);
    }

    private Place place(JsonLocation location, String field) {
        return location == null
                ? Place.of(source)
                : new Place(source, Math.max(0, location.getLineNr()), Math.max(0, location.getColumnNr()), field);
    }

    private static String firstLine(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
