package com.fasterxml.jackson.core;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** Parses texts, from characters and from bytes, and writes what it read. */
public class OracleRun {
    private static final String[] TEXTS = {
        "{\"name\":\"plumb\\u00e4\\n\",\"list\":[1,-2.5e3,true,false,null,123456789012345678901],\"o\":{\"a\":{}, \"b\":[[]]}}",
        "[\"\u00e4\u20ac\ud83d\ude00\", 0.1, 17, {\"a long name that is not in the table\" : \"and a text that is somewhat longer than others\"}]",
        "{\"bad\": tru}",
        "[1, 2",
        " { /* no comments */ } "
    };

    public static void main(String[] args) throws IOException {
        JsonFactory factory = new JsonFactory();
        for (int round = 0; round < Integer.getInteger("rounds", 1); round++) {
            for (String text : TEXTS) {
                copy(factory, factory.createParser(text));
                copy(factory, factory.createParser(text.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static void copy(JsonFactory factory, JsonParser given) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonParser parser = given; // follows the bytecode
                JsonGenerator generator = factory.createGenerator(out).useDefaultPrettyPrinter()) {
            while (parser.nextToken() != null) {
                generator.copyCurrentEvent(parser);
                if (parser.currentToken().isNumeric()) {
                    parser.getDoubleValue();
                }
            }
        } catch (JsonParseException e) {
            e.getOriginalMessage();
        }
    }
}
