package io.plumbline.config.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.List;

/** The YAML door to {@link NodeReader}. The only class that needs the YAML library, which the agent does not carry. */
public final class YamlText {

    private YamlText() {}

    /**
     * Reads all documents of a YAML text (JSON is YAML too).
     *
     * @param source named in errors, usually the file's name
     * @throws InvalidInputException with line and column when the text is no YAML
     */
    public static List<Node> read(String text, String source) {
        try (JsonParser parser = new YAMLFactory().createParser(text)) {
            return new NodeReader(parser, source, YamlText::isAlias).documents();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static boolean isAlias(JsonParser parser) {
        return ((YAMLParser) parser).isCurrentAlias();
    }
}
