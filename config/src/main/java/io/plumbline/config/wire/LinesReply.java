package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The lines of a class that can be probed, on the instance that was asked.
 *
 * @param id of the request
 * @param problem why there are none, with what to do; empty when there are
 * @param sources the source files that lie with the running classes, if any do
 */
public record LinesReply(String id, String instance, List<Line> lines, String problem, List<Source> sources) {

    public LinesReply {
        lines = List.copyOf(lines);
        sources = List.copyOf(sources);
    }

    /** Of classes without sources. */
    public LinesReply(String id, String instance, List<Line> lines, String problem) {
        this(id, instance, lines, problem, List.of());
    }

    /**
     * What a running class was compiled from, as it lies in its jar or folder, or in the {@code -sources.jar} beside.
     *
     * @param file with its package's folders, {@code shop/Order.java}
     * @param sha256 of its bytes, in hexadecimal
     */
    public record Source(String file, String sha256) {
        public Map<String, Object> map() {
            return new TreeMap<>(Map.of("file", file, "sha256", sha256));
        }
    }

    /**
     * One line in one method, or another spot of the method.
     *
     * @param type the class's name
     * @param file that the line is counted in; empty for the class's own
     * @param line of the first site; 0 where the class doesn't tell
     * @param method name and descriptor
     * @param sites how many places in the bytecode there are in this method
     * @param kinds how they are arrived at: {@code statement}, {@code loop} or {@code exception} for a line, else one of
     *     {@code entry}, {@code exit}, {@code exception-exit}, {@code throw}, {@code catch}
     * @param variables what expressions may name there, {@code name: type}
     */
    public record Line(
            String type, String file, int line, String method, int sites, List<String> kinds, List<String> variables) {
        private static final Set<String> OF_LINES = Set.of("statement", "loop", "exception");

        public Line {
            kinds = List.copyOf(kinds);
            variables = List.copyOf(variables);
        }

        /** Whether a location by line means it; else one by method does. */
        public boolean isLine() {
            return kinds.isEmpty() || OF_LINES.contains(kinds.get(0));
        }

        public Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("class", type);
            if (!file.isEmpty()) {
                map.put("file", file);
            }
            map.put("line", line);
            map.put("method", method);
            map.put("sites", sites);
            map.put("kinds", kinds);
            map.put("variables", variables);
            return map;
        }
    }

    public String json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("instance", instance);
        map.put("lines", lines.stream().map(Line::map).toList());
        map.put("problem", problem);
        if (!sources.isEmpty()) {
            map.put("sources", sources.stream().map(Source::map).toList());
        }
        return Json.write(map);
    }

    public static LinesReply parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "reply"), "a reply");
        List<Line> lines = new ArrayList<>();
        for (Node node : fields.list("lines")) {
            lines.add(line(Fields.free(node, "a line")));
        }
        return new LinesReply(
                fields.requiredText("id"),
                fields.requiredText("instance"),
                lines,
                fields.text("problem").orElse(""),
                fields.list("sources").stream().map(LinesReply::source).toList());
    }

    private static Source source(Node node) {
        Fields fields = Fields.free(node, "a source");
        return new Source(fields.requiredText("file"), fields.requiredText("sha256"));
    }

    private static Line line(Fields fields) {
        return new Line(
                fields.requiredText("class"),
                fields.text("file").orElse(""),
                (int) ProbeReport.count(fields, "line"),
                fields.requiredText("method"),
                (int) ProbeReport.count(fields, "sites"),
                fields.textList("kinds"),
                fields.textList("variables"));
    }
}
