package io.plumbline.benchmarks.inside;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line table's numbers mean by the class's source map (SMAP, JSR-45), first stratum; shares no code with the
 * agent's reader of it. Without a map a number is a line of the class's own file.
 */
final class SourceMap {
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:#(\\d+))?(?:,(\\d+))?:(\\d+)(?:,(\\d+))?");

    private final List<Range> ranges = new ArrayList<>();
    private final String sourceFile;

    /**
     * A line of a file.
     *
     * @param file by name without folders
     */
    record Line(String file, int number) {}

    private record Range(String file, int input, int count, int output, int step) {}

    /**
     * @param sourceFile the class's own; null if it does not say
     * @param map null if there is none
     */
    SourceMap(String sourceFile, String map) {
        this.sourceFile = sourceFile == null ? "" : sourceFile;
        if (map != null) {
            read(map.split("\\R"));
        }
    }

    /** What a number stands for; empty where it is no line of any source, as in code that the compiler made up. */
    Optional<Line> line(int number) {
        if (ranges.isEmpty()) {
            return number == 0 ? Optional.empty() : Optional.of(new Line(sourceFile, number));
        }
        return ranges.stream()
                .filter(range -> number >= range.output && number < range.output + range.count * range.step)
                .findFirst()
                .map(range -> new Line(range.file, range.input + (number - range.output) / range.step));
    }

    /** Whether a line is one of the class's own file. */
    boolean isOwn(Line line) {
        return line.file().equals(sourceFile);
    }

    private void read(String[] lines) {
        Map<String, String> files = new HashMap<>();
        String section = "";
        String file = "";
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].startsWith("*")) {
                if (lines[i].startsWith("*S") && !ranges.isEmpty()) {
                    return;
                }
                section = lines[i].strip();
            } else if (section.equals("*F")) {
                String[] words = lines[i].replaceFirst("^\\+ *", "").split(" ", 2);
                files.put(words[0], words[1].substring(words[1].lastIndexOf('/') + 1));
                i += lines[i].startsWith("+") ? 1 : 0;
            } else if (section.equals("*L")) {
                file = range(
                        lines[i], file.isEmpty() ? files.keySet().iterator().next() : file, files);
            }
        }
    }

    /** Returns the number of the file that the range was in, which the next one is in unless it says otherwise. */
    private String range(String text, String fileBefore, Map<String, String> files) {
        Matcher matcher = RANGE.matcher(text.strip());
        if (!matcher.matches()) {
            return fileBefore;
        }
        String file = matcher.group(2) == null ? fileBefore : matcher.group(2);
        int count = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
        int step = matcher.group(5) == null ? 1 : Math.max(1, Integer.parseInt(matcher.group(5)));
        ranges.add(new Range(
                files.get(file), Integer.parseInt(matcher.group(1)), count, Integer.parseInt(matcher.group(4)), step));
        return file;
    }
}
