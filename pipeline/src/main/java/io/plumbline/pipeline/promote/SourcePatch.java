package io.plumbline.pipeline.promote;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.Tree;
import io.plumbline.config.probe.Probe;
import io.plumbline.pipeline.promote.Spotted.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A probe's permanent lines in a source, as a unified diff. It changes no file.
 *
 * @param snippet the lines, with what is known of the source
 * @param diff as {@code git apply} and {@code patch -p1} take it
 */
public record SourcePatch(Snippet snippet, String diff) {
    private static final int CONTEXT = 3;
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+),(\\d+) ");

    /**
     * Makes a diff.
     *
     * @param file the source of the probed class
     * @param name the file's path in the diff, with slashes
     * @param others sources of other classes by simple name
     * @throws IllegalStateException where the line can't be placed, with why; the snippet alone can still be had
     */
    public static SourcePatch of(
            Probe probe, Library wished, Path file, String name, Function<String, Optional<Path>> others) {
        String text = read(file);
        SourceTree source = SourceTree.parse(text.replace("\r\n", "\n"));
        Place place = Spotted.find(source, probe.location());
        ClassTree type = Spotted.outermost(place);
        SourceScope scope = new SourceScope(
                source, place, simple -> others.apply(simple).map(path -> SourceTree.parse(read(path))));
        Snippet snippet = Promotion.of(probe, type.getSimpleName().toString(), wished, scope);
        String changed = changed(source, place, type, snippet);
        requireParses(changed);
        List<String> before = lines(source.text());
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                "a/" + name, "b/" + name, before, DiffUtils.diff(before, lines(changed)), CONTEXT);
        return new SourcePatch(snippet, ended(diff, text));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the source " + file + " can't be read as UTF-8 text: " + e.getMessage(), e);
        }
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        if (text.endsWith("\n")) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    /** Lines of the file carry its own line ends; the diff's own lines do not. */
    private static String ended(List<String> diff, String text) {
        boolean windows = text.contains("\r\n");
        String lines = diff.stream()
                .map(line -> windows && !line.startsWith("@@") && !line.startsWith("---") && !line.startsWith("+++")
                        ? line + "\r"
                        : line)
                .collect(Collectors.joining("\n"));
        if (text.endsWith("\n") || !reachesTheEnd(diff, lines(text).size())) {
            return lines + "\n";
        }
        return lines.replaceFirst("\r$", "") + "\n\\ No newline at end of file\n";
    }

    private static boolean reachesTheEnd(List<String> diff, int lines) {
        Matcher last = diff.stream()
                .map(HUNK::matcher)
                .filter(Matcher::lookingAt)
                .reduce((a, b) -> b)
                .orElseThrow();
        return Integer.parseInt(last.group(1)) + Integer.parseInt(last.group(2)) - 1 == lines;
    }

    private static String changed(SourceTree source, Place place, ClassTree type, Snippet snippet) {
        TreeMap<Integer, String> insertions = new TreeMap<>();
        String remark = place.remark().isEmpty() ? "" : "// TODO check: " + place.remark() + "\n";
        insertStatements(source, place, remark + String.join("\n", snippet.commented()), insertions);
        insertFields(source, type, snippet, insertions);
        insertImports(source, snippet, insertions);
        StringBuilder changed = new StringBuilder(source.text());
        insertions.descendingMap().forEach(changed::insert);
        return changed.toString();
    }

    private static void insertStatements(SourceTree source, Place place, String lines, TreeMap<Integer, String> into) {
        int start = source.start(place.path().getLeaf());
        int lineStart = source.text().lastIndexOf('\n', start) + 1;
        String indent = indent(source, lineStart);
        if (place.inside()) {
            into.merge(start + 1, "\n" + indented(lines, indent + "    ").stripTrailing(), String::concat);
            return;
        }
        if (!source.text().substring(lineStart, start).isBlank()) {
            throw new IllegalStateException(
                    "the statement at line " + source.line(start) + " does not begin its line; set the line by hand");
        }
        into.merge(lineStart, indented(lines, indent), String::concat);
    }

    private static void insertFields(
            SourceTree source, ClassTree type, Snippet snippet, TreeMap<Integer, String> into) {
        if (snippet.fields().isEmpty()) {
            return;
        }
        if (type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ENUM) {
            throw new IllegalStateException("a field can't be placed in " + type.getSimpleName()
                    + ", which is no class; set the lines by hand");
        }
        int brace = source.text().indexOf('{', headEnd(source, type));
        String indent = indent(source, source.text().lastIndexOf('\n', source.start(type)) + 1) + "    ";
        into.merge(
                brace + 1,
                "\n" + indented(String.join("\n", snippet.fields()), indent).stripTrailing(),
                String::concat);
    }

    /** Behind all that may hold a brace before the class's own: annotations. */
    private static int headEnd(SourceTree source, ClassTree type) {
        int modifiers = source.end(type.getModifiers());
        return Math.max(source.start(type), modifiers);
    }

    private static void insertImports(SourceTree source, Snippet snippet, TreeMap<Integer, String> into) {
        List<? extends ImportTree> present = source.unit().getImports();
        List<String> names = present.stream()
                .filter(one -> !one.isStatic())
                .map(one -> one.getQualifiedIdentifier().toString())
                .toList();
        for (String wanted : snippet.imports()) {
            String simple = wanted.substring(wanted.lastIndexOf('.'));
            if (names.contains(wanted)) {
                continue;
            }
            if (names.stream().anyMatch(name -> name.endsWith(simple))) {
                throw new IllegalStateException("the source imports another" + simple.replace('.', ' ') + " than "
                        + wanted + "; set the line by hand");
            }
            Optional<? extends ImportTree> next = present.stream()
                    .filter(one -> !one.isStatic()
                            && one.getQualifiedIdentifier().toString().compareTo(wanted) > 0)
                    .findFirst();
            into.merge(importPlace(source, next), "import " + wanted + ";\n", String::concat);
        }
        if (present.isEmpty()
                && source.unit().getPackage() != null
                && !snippet.imports().isEmpty()) {
            into.compute(importPlace(source, Optional.empty()), (at, imports) -> "\n" + imports);
        }
    }

    private static int importPlace(SourceTree source, Optional<? extends ImportTree> next) {
        List<? extends ImportTree> present = source.unit().getImports();
        if (next.isPresent()) {
            return source.start(next.get());
        }
        if (!present.isEmpty()) {
            return source.text().indexOf('\n', source.end(present.get(present.size() - 1))) + 1;
        }
        Tree head = source.unit().getPackage();
        return head == null ? 0 : source.text().indexOf('\n', source.end(head)) + 1;
    }

    private static String indent(SourceTree source, int lineStart) {
        String line = source.text().substring(lineStart);
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    private static String indented(String lines, String indent) {
        return lines.lines().map(line -> indent + line + "\n").collect(Collectors.joining());
    }

    private static void requireParses(String changed) {
        List<String> errors = SourceTree.parse(changed).errors();
        if (!errors.isEmpty()) {
            throw new IllegalStateException("the line can't stand there (" + errors.get(0) + "); set it by hand");
        }
    }
}
