package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import io.plumbline.config.text.YamlText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody wants set.
 *
 * @param text YAML or JSON: a probe, a list, or a mapping with the key {@code probes}; YAML may hold several documents
 * @param source names the text in errors
 * @param dryRun whether to check only
 * @param set what else it means for those of the same set; removed ones come last
 * @param expected what the caller takes the present definitions for
 */
public record Submission(String text, String source, boolean dryRun, SetChange set, Expected expected) {
    /** One that is of no set and expects nothing. */
    public Submission(String text, String source, boolean dryRun) {
        this(text, source, dryRun, SetChange.NONE, Expected.NOTHING);
    }

    /** @throws InvalidInputException where it can't be read */
    List<Probe> read(Clock clock) {
        return ProbeReader.writtenAll(documents(), clock);
    }

    /** JSON first, for YAML does not take every JSON; but a YAML document may begin with a brace as well. */
    private List<Node> documents() {
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            try {
                return List.of(NodeReader.json(text, source));
            } catch (InvalidInputException e) {
                // YAML's error, if it is none either, speaks to more people
            }
        }
        List<Node> documents = new ArrayList<>(YamlText.read(text, source));
        documents.removeIf(node -> node instanceof Node.Scalar scalar && scalar.type() == Node.Scalar.Type.NULL);
        return documents;
    }
}
