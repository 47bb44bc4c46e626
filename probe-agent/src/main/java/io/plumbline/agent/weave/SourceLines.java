package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which source line each number in a class's line table stands for. Mostly itself; where the class has a source map
 * (SMAP, JSR-45: Kotlin's inlined code, JSP, Groovy templates), a line of one of its files, by the map's default stratum.
 *
 * <p>Source lines go by a code: lines of the class's own file are their own code; a line of another file carries the file's
 * number in the bits above {@link #LINE_BITS}.
 *
 * <p>The format is that of JSR-45, §"SMAP syntax": {@code *F} gives files, {@code *L} gives
 * {@code input[#file][,repeat]:output[,increment]}. A map that does not follow it is taken as none.
 */
final class SourceLines {
    private static final int LINE_BITS = 17;
    private static final int LINE_MASK = (1 << LINE_BITS) - 1;
    private static final int MAX_FILES = 1 << (30 - LINE_BITS);

    /** The number of no file: generated code that no line of a source stands behind. */
    private static final int GENERATED = MAX_FILES;

    private static final Pattern LINE = Pattern.compile("(\\d+)(?:#(\\d+))?(?:,(\\d+))?:(\\d+)(?:,(\\d+))?");

    /** Names of files by number; the class's own first. */
    private final List<String> files;

    /** First line of each range of the line table to the range. */
    private final TreeMap<Integer, Range> ranges;

    private record Range(int file, int input, int repeat, int output, int increment) {}

    private SourceLines(List<String> files, TreeMap<Integer, Range> ranges) {
        this.files = files;
        this.ranges = ranges;
    }

    /**
     * @param sourceFile the class file's SourceFile; null if it has none
     * @param debug its SourceDebugExtension; null if it has none
     */
    static SourceLines of(String sourceFile, String debug) {
        SourceLines plain = new SourceLines(List.of(sourceFile == null ? "" : sourceFile), new TreeMap<>());
        if (debug == null || !debug.startsWith("SMAP")) {
            return plain;
        }
        try {
            return new Reader(sourceFile, debug).read(plain);
        } catch (RuntimeException e) {
            return plain;
        }
    }

    /** The code of what a line of the line table stands for. */
    int code(int raw) {
        if (ranges.isEmpty()) {
            return raw;
        }
        Map.Entry<Integer, Range> entry = ranges.floorEntry(raw);
        if (entry != null) {
            Range range = entry.getValue();
            int step = (raw - range.output) / range.increment;
            if (step < range.repeat) {
                return range.file << LINE_BITS | range.input + step;
            }
        }
        return GENERATED << LINE_BITS | raw & LINE_MASK;
    }

    static int line(int code) {
        return code & LINE_MASK;
    }

    /** The file of a code; empty for the class's own, null for generated code. */
    String file(int code) {
        int number = code >>> LINE_BITS;
        return number == GENERATED ? null : number == 0 ? "" : files.get(number);
    }

    /** The class's own source file, the one that lines are counted in where a location names the class; may be empty. */
    String ownFile() {
        return files.get(0);
    }

    /** All files that the class has code from. */
    List<String> files() {
        return files;
    }

    /** Reads a map once. */
    private static final class Reader {
        private final String sourceFile;
        private final String[] lines;
        private final Map<Integer, String> named = new LinkedHashMap<>();
        private final TreeMap<Integer, Range> ranges = new TreeMap<>();
        private final Map<Integer, Integer> numbers = new LinkedHashMap<>();

        Reader(String sourceFile, String debug) {
            this.sourceFile = sourceFile;
            this.lines = debug.split("\\r\\n|\\r|\\n");
        }

        SourceLines read(SourceLines otherwise) {
            int at = section("*S " + lines[2].trim());
            int fileSection = at < 0 ? -1 : section("*F", at);
            int lineSection = at < 0 ? -1 : section("*L", at);
            if (fileSection < 0 || lineSection < 0) {
                return otherwise;
            }
            files(fileSection + 1);
            List<String> files = ordered();
            ranges(lineSection + 1);
            return ranges.isEmpty() ? otherwise : new SourceLines(files, ranges);
        }

        private int section(String head) {
            return section(head, 0);
        }

        private int section(String head, int from) {
            for (int i = from; i < lines.length; i++) {
                if (lines[i].trim().equals(head)) {
                    return i;
                }
            }
            return -1;
        }

        private void files(int from) {
            for (int i = from; i < lines.length && !lines[i].startsWith("*"); i++) {
                boolean hasPath = lines[i].startsWith("+");
                String[] parts = lines[i].replaceFirst("^\\+\\s*", "").trim().split("\\s+", 2);
                named.put(Integer.parseInt(parts[0]), parts[1].substring(parts[1].lastIndexOf('/') + 1));
                i += hasPath ? 1 : 0;
            }
        }

        /** The own file first: the one that SourceFile names, or the map's first. */
        private List<String> ordered() {
            int own = named.keySet().iterator().next();
            for (Map.Entry<Integer, String> file : named.entrySet()) {
                if (file.getValue().equals(sourceFile)) {
                    own = file.getKey();
                    break;
                }
            }
            List<String> files = new ArrayList<>(List.of(named.get(own)));
            numbers.put(own, 0);
            for (Map.Entry<Integer, String> file : named.entrySet()) {
                if (file.getKey() != own && files.size() < MAX_FILES) {
                    boolean sameName = file.getValue().equals(files.get(0));
                    numbers.put(file.getKey(), sameName ? 0 : files.size());
                    if (!sameName) {
                        files.add(file.getValue());
                    }
                }
            }
            return files;
        }

        private void ranges(int from) {
            int file = named.keySet().iterator().next();
            for (int i = from; i < lines.length && !lines[i].startsWith("*"); i++) {
                Matcher matcher = LINE.matcher(lines[i].trim());
                if (!matcher.matches()) {
                    continue;
                }
                file = matcher.group(2) == null ? file : Integer.parseInt(matcher.group(2));
                int output = Integer.parseInt(matcher.group(4));
                Range range = new Range(
                        numbers.getOrDefault(file, GENERATED),
                        Integer.parseInt(matcher.group(1)),
                        number(matcher.group(3)),
                        output,
                        Math.max(1, number(matcher.group(5))));
                if (range.file != GENERATED) {
                    ranges.putIfAbsent(output, range);
                }
            }
        }

        private static int number(String text) {
            return text == null ? 1 : Integer.parseInt(text);
        }
    }
}
