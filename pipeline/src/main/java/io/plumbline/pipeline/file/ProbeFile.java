package io.plumbline.pipeline.file;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.WrittenForm;
import io.plumbline.config.text.Node.Scalar;
import io.plumbline.config.text.Place;
import io.plumbline.config.text.YamlText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A file of probes, brought to what probes are now with as few changes as can be: a probe that is the same stays letter for letter,
 * of one that is not only the keys that differ are written anew, and what the file lacks comes at its end. Comments, order and
 * forms of all else are kept; a comment inside a changed key's value goes, and so does one behind a key that is taken out.
 *
 * <p>The bargain: what was made is read back, and is refused rather than given out where it is not what was wanted.
 *
 * <p>Threads: one.
 */
public final class ProbeFile {
    private final String text;
    private final Clock clock;
    private final Extents extents;
    private final Edits edits;
    private final Map<String, MappingNode> places = new LinkedHashMap<>();
    private final Map<String, Probe> present = new LinkedHashMap<>();

    /**
     * What became of the file.
     *
     * @param text the whole text
     * @param changed ids of probes that stood in it otherwise
     * @param added ids of probes that did not stand in it
     * @param same ids of those that stand as they did
     * @param others ids of probes in the file that were not given; they are left as they are
     */
    public record Updated(
            String text, List<String> changed, List<String> added, List<String> same, List<String> others) {
        public Updated {
            changed = List.copyOf(changed);
            added = List.copyOf(added);
            same = List.copyOf(same);
            others = List.copyOf(others);
        }
    }

    private ProbeFile(String text, String source, Clock clock) {
        this.text = text;
        this.clock = clock;
        List<io.plumbline.config.text.Node> documents = documents(text, source);
        ProbeReader.writtenAll(documents, clock).forEach(probe -> present.put(probe.id(), probe));
        this.extents = new Extents(text);
        this.edits = new Edits(text);
        ProbeReader.nodes(documents).forEach(node -> {
            Place place = node.place();
            String id = ProbeReader.written(node, clock).id();
            places.put(id, extents.mappingAt(place.line(), place.column()));
        });
    }

    /**
     * Reads a file's text.
     *
     * @param source names it in errors
     * @throws io.plumbline.config.text.InvalidInputException where it is no file of probes
     */
    public static ProbeFile read(String text, String source, Clock clock) {
        return new ProbeFile(text, source, clock);
    }

    private static List<io.plumbline.config.text.Node> documents(String text, String source) {
        return YamlText.read(text, source).stream()
                .filter(node -> !(node instanceof Scalar scalar) || scalar.type() != Scalar.Type.NULL)
                .toList();
    }

    /**
     * Brings the file to what these probes are. To be called once.
     *
     * @throws IllegalStateException where the text that came of it reads otherwise; the message says so
     */
    public Updated update(List<Probe> probes) {
        List<String> changed = new ArrayList<>();
        List<String> same = new ArrayList<>();
        List<Probe> added = new ArrayList<>();
        for (Probe probe : probes) {
            Probe before = present.get(probe.id());
            if (before == null) {
                added.add(probe);
            } else if (WrittenForm.map(before).equals(WrittenForm.map(probe))) {
                same.add(probe.id());
            } else {
                change(places.get(probe.id()), WrittenForm.map(before), probe);
                changed.add(probe.id());
            }
        }
        if (!added.isEmpty()) {
            append(added);
        }
        List<String> ids = probes.stream().map(Probe::id).toList();
        List<String> others =
                present.keySet().stream().filter(id -> !ids.contains(id)).toList();
        String result = edits.apply();
        requireReadsAs(result, probes);
        return new Updated(result, changed, added.stream().map(Probe::id).toList(), same, others);
    }

    private void change(MappingNode place, Map<String, Object> before, Probe probe) {
        Map<String, Object> after = WrittenForm.map(probe);
        Map<String, NodeTuple> entries = new LinkedHashMap<>();
        place.getValue().forEach(entry -> entries.put(((ScalarNode) entry.getKeyNode()).getValue(), entry));
        String first = entries.keySet().iterator().next();
        if (!Extents.isBlock(place)) {
            edits.replace(extents.start(place), extents.end(place), ProbeYaml.onOneLine(probe));
            return;
        }
        if (!after.containsKey(first)) {
            edits.replace(
                    extents.start(place), extents.end(place), lines(ProbeYaml.probe(probe), Extents.indent(place)));
            return;
        }
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> before.containsKey(key) && before.get(key).equals(after.get(key)));
        keys.forEach(key -> change(place, key, entries.get(key), after));
    }

    /** One key of a probe: written anew, taken out, or added behind the last one that stays. */
    private void change(MappingNode place, String key, NodeTuple entry, Map<String, Object> after) {
        int indent = Extents.indent(place);
        Object value = after.get(key);
        if (entry == null && value != null) {
            int end = place.getValue().stream()
                    .filter(other -> after.containsKey(((ScalarNode) other.getKeyNode()).getValue()))
                    .mapToInt(extents::end)
                    .map(extents::lineEnd) // behind a comment, which is the other key's
                    .max()
                    .orElseThrow();
            edits.replace(end, end, "\n" + " ".repeat(indent) + lines(ProbeYaml.entry(key, value), indent));
        } else if (value != null) {
            edits.replace(
                    extents.start(entry.getKeyNode()), extents.end(entry), lines(ProbeYaml.entry(key, value), indent));
        } else if (entry != null) {
            edits.replace(
                    extents.lineStart(extents.start(entry.getKeyNode())), extents.nextLine(extents.end(entry)), "");
        }
    }

    /** Behind the last probe of a list at the file's end; else as documents of their own. */
    private void append(List<Probe> probes) {
        Node root = extents.lastRoot();
        SequenceNode list = list(root);
        if (list != null) {
            int indent = Extents.indent(list);
            StringBuilder items = new StringBuilder();
            for (Probe probe : probes) {
                items.append("\n")
                        .append(" ".repeat(indent))
                        .append("- ")
                        .append(lines(ProbeYaml.probe(probe), indent + 2));
            }
            int end = extents.nextLine(extents.end(list));
            boolean ended = end > 0 && text.charAt(end - 1) == '\n';
            edits.replace(end, end, ended ? items.substring(1) + "\n" : items + "\n");
            return;
        }
        String newLine = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        String file = ProbeYaml.file(probes);
        edits.replace(text.length(), text.length(), newLine + (root == null ? "" : "---\n") + file);
    }

    private static SequenceNode list(Node root) {
        if (root instanceof MappingNode mapping && Extents.isBlock(mapping)) {
            for (NodeTuple entry : mapping.getValue()) {
                if (((ScalarNode) entry.getKeyNode()).getValue().equals("probes")) {
                    return list(entry.getValueNode());
                }
            }
        }
        return root instanceof SequenceNode sequence && Extents.isBlock(sequence) ? sequence : null;
    }

    /** Lines that follow the first one are indented; the last is not ended. */
    private static String lines(String lines, int indent) {
        return lines.stripTrailing().replace("\n", "\n" + " ".repeat(indent));
    }

    private void requireReadsAs(String result, List<Probe> probes) {
        Map<String, Map<String, Object>> wanted = new LinkedHashMap<>();
        present.forEach((id, probe) -> wanted.put(id, WrittenForm.map(probe)));
        probes.forEach(probe -> wanted.put(probe.id(), WrittenForm.map(probe)));
        Map<String, Map<String, Object>> read = new LinkedHashMap<>();
        ProbeReader.writtenAll(documents(result, "the changed file"), clock)
                .forEach(probe -> read.put(probe.id(), WrittenForm.map(probe)));
        if (!read.equals(wanted)) {
            throw new IllegalStateException("the file can't be changed without loss; export to another one");
        }
    }
}
