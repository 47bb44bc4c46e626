package io.plumbline.pipeline.file;

import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** From where to where the parts of a YAML text go, without the comments and blank lines behind them. Offsets are of chars. */
final class Extents {
    private final String text;
    private final Map<String, MappingNode> mappings = new HashMap<>();
    private Node lastRoot;

    /** @param text YAML that can be read */
    Extents(String text) {
        this.text = text;
        for (Node root : new Yaml(new LoaderOptions()).composeAll(new StringReader(text))) {
            lastRoot = root;
            collect(root);
        }
    }

    private void collect(Node node) {
        if (node instanceof MappingNode mapping) {
            Mark start = mapping.getStartMark();
            mappings.put((start.getLine() + 1) + ":" + (start.getColumn() + 1), mapping);
            mapping.getValue().forEach(entry -> collect(entry.getValueNode()));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(this::collect);
        }
    }

    /** The mapping that begins at a line and column, each from 1. */
    MappingNode mappingAt(int line, int column) {
        return mappings.get(line + ":" + column);
    }

    /** The last document's root; null where the text has none. */
    Node lastRoot() {
        return lastRoot;
    }

    int start(Node node) {
        return offset(node.getStartMark());
    }

    /** The column in front of the node, from 0. */
    static int indent(Node node) {
        return node.getStartMark().getColumn();
    }

    /** Behind the last character that belongs to the node. */
    int end(Node node) {
        if (isBlock(node) && node instanceof MappingNode mapping) {
            List<NodeTuple> entries = mapping.getValue();
            return end(entries.get(entries.size() - 1));
        }
        if (isBlock(node) && node instanceof SequenceNode sequence) {
            return end(sequence.getValue().get(sequence.getValue().size() - 1));
        }
        int end = offset(node.getEndMark());
        while (end > start(node) && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Behind an entry; where its value is empty, behind its colon. */
    int end(NodeTuple entry) {
        int key = offset(entry.getKeyNode().getEndMark());
        int colon = text.indexOf(':', key) + 1;
        return Math.max(colon, end(entry.getValueNode()));
    }

    /** The beginning of the next line, or the text's end. */
    int nextLine(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end + 1;
    }

    /** The end of the line, without what ends it. */
    int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        if (end < 0) {
            return text.length();
        }
        return end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    int lineStart(int at) {
        return text.lastIndexOf('\n', at - 1) + 1;
    }

    /** Whether a collection is written by lines, not by brackets. */
    static boolean isBlock(Node node) {
        return node instanceof CollectionNode<?> collection
                && collection.getFlowStyle() == FlowStyle.BLOCK
                && !collection.getValue().isEmpty();
    }

    /** Marks count code points. */
    private int offset(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }
}
