package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Node;
import io.plumbline.config.text.Node.Mapping;
import io.plumbline.config.text.Node.Scalar;
import io.plumbline.config.text.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A snapshot's values and stack as indented lines for people. What the agent cut is said in words. */
final class SnapshotForm {
    private static final String STEP = "  ";
    private static final int MAX_ON_ONE_LINE = 100;

    /** Said beside the type or the value, not as parts of it. */
    private static final Set<String> MARKS =
            Set.of("@type", "@interfaces", "@cut", "@more", "@text", "@length", "@id", "@same", "@cycle");

    private final List<String> lines = new ArrayList<>();

    private SnapshotForm() {}

    /** One line for each variable, more where it has parts that do not fit on one. */
    static List<String> values(Map<String, Node> values) {
        SnapshotForm form = new SnapshotForm();
        values.forEach((name, value) -> {
            if (!MARKS.contains(name)) {
                form.add(name.startsWith("@") ? name.substring(1) : name, value, 1);
            }
        });
        String cut = cut(values);
        if (!cut.isEmpty()) {
            form.lines.add(STEP + cut);
        }
        return form.lines;
    }

    /** The frames; a star stands at those that are not the JDK's. */
    static List<String> stack(String stack, List<String> own) {
        List<String> frames = stack.lines().toList();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            lines.add(STEP + (own.contains(Integer.toString(i)) ? "* " : STEP) + Text.safeLines(frames.get(i)));
        }
        return lines;
    }

    private void add(String name, Node value, int depth) {
        String start = STEP.repeat(depth) + Text.safe(name) + ": ";
        String whole = flat(value);
        if (start.length() + whole.length() <= MAX_ON_ONE_LINE || !hasParts(value)) {
            lines.add(start + whole);
            return;
        }
        if (value instanceof Mapping mapping) {
            lines.add(start + heading(mapping.entries()));
            mapping.entries().forEach((key, part) -> {
                if (!MARKS.contains(key)) {
                    add(key, part, depth + 1);
                }
            });
        } else {
            lines.add(start.stripTrailing());
            List<Node> items = ((Sequence) value).items();
            for (int i = 0; i < items.size(); i++) {
                add("[" + i + "]", items.get(i), depth + 1);
            }
        }
    }

    private static boolean hasParts(Node value) {
        return value instanceof Sequence sequence
                ? !sequence.items().isEmpty()
                : value instanceof Mapping mapping
                        && !MARKS.containsAll(mapping.entries().keySet());
    }

    private static String flat(Node value) {
        if (value instanceof Scalar scalar) {
            return scalar(scalar);
        }
        if (value instanceof Sequence sequence) {
            return sequence.items().stream().map(SnapshotForm::flat).collect(Collectors.joining(", ", "[", "]"));
        }
        Map<String, Node> entries = ((Mapping) value).entries();
        String parts = entries.entrySet().stream()
                .filter(entry -> !MARKS.contains(entry.getKey()))
                .map(entry -> Text.safe(entry.getKey()) + ": " + flat(entry.getValue()))
                .collect(Collectors.joining(", "));
        String heading = heading(entries);
        if (parts.isEmpty()) {
            return heading.isEmpty() ? "{}" : heading;
        }
        return heading + (heading.isEmpty() ? "" : " ") + "{" + parts + "}";
    }

    private static String scalar(Scalar scalar) {
        return switch (scalar.type()) {
            case TEXT -> "\"" + Text.safe(scalar.text()) + "\"";
            case NULL -> "null";
            default -> scalar.text();
        };
    }

    /** What the marks say. */
    private static String heading(Map<String, Node> entries) {
        List<String> words = new ArrayList<>();
        String type = text(entries, "@type");
        if (!type.isEmpty()) {
            words.add(Text.safe(type.substring(type.lastIndexOf('.') + 1)));
        }
        if (entries.get("@interfaces") instanceof Sequence interfaces) {
            words.add(
                    "(" + interfaces.items().stream().map(SnapshotForm::flat).collect(Collectors.joining(", ")) + ")");
        }
        if (entries.containsKey("@text")) {
            words.add("\"" + Text.safe(text(entries, "@text")) + "\"");
        }
        if (entries.containsKey("@id")) {
            words.add("@" + Text.safe(text(entries, "@id")));
        }
        if (entries.containsKey("@same")) {
            words.add("(the same as " + Text.safe(text(entries, "@same")) + ")");
        }
        if (entries.containsKey("@cycle")) {
            words.add("(" + Text.safe(text(entries, "@cycle")) + " again)");
        }
        String cut = cut(entries);
        if (!cut.isEmpty()) {
            words.add(cut);
        }
        return String.join(" ", words);
    }

    private static String cut(Map<String, Node> entries) {
        String why = text(entries, "@cut");
        String more = text(entries, "@more");
        return switch (why) {
            case "" -> "";
            case "length" -> "… (of " + text(entries, "@length") + " characters)";
            case "unread" -> "(not read)";
            default -> "… (" + (more.isEmpty() ? "" : more + " more, ") + "cut: " + Text.safe(why) + ")";
        };
    }

    private static String text(Map<String, Node> entries, String key) {
        return entries.get(key) instanceof Scalar scalar ? scalar.text() : "";
    }
}
