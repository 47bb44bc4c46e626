package io.plumbline.pipeline.control.source;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Tells whether a source is what runs, by the running class: lines with code must be lines with code in the source as well, and its methods
 * must be named in it. What compilers and their plug-ins add of their own is not held against a source.
 *
 * <p>The bargain: a source that differs within its lines only is not found out.
 */
final class SourceComparison {
    private static final Set<String> ADDED = Set.of("values", "valueOf", "toString", "hashCode", "equals");

    private final String text;
    private final SourceText source;

    SourceComparison(String text) {
        this.text = text;
        this.source = SourceText.of(text);
    }

    /**
     * A difference.
     *
     * @param reason {@code lines}, {@code methods}, {@code hash} or {@code commit}
     * @param detail a sentence
     * @param share of what was compared, how much does not fit; from 0 to 1
     */
    record Mismatch(String reason, String detail, double share) {
        Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("reason", reason);
            map.put("detail", detail);
            map.put("share", Math.round(share * 1000) / 1000.0);
            return map;
        }
    }

    /**
     * Compares.
     *
     * @param methodsByLine lines that have code, each with the names of the methods that have it there
     * @param isJava else methods are not compared, as other compilers make more of them
     */
    Optional<Mismatch> with(SortedMap<Integer, ? extends Set<String>> methodsByLine, boolean isJava) {
        long beyond = methodsByLine.keySet().stream()
                .filter(line -> line > source.lineCount())
                .count();
        long bare = methodsByLine.keySet().stream()
                .filter(line -> line <= source.lineCount() && source.isBare(line))
                .count();
        if (beyond + bare > 0) {
            return Optional.of(lines(beyond, bare, methodsByLine.size()));
        }
        return isJava && !text.contains("lombok") ? methods(methodsByLine) : Optional.empty();
    }

    private static Mismatch lines(long beyond, long bare, int all) {
        String what = bare == 0 || beyond == 0
                ? beyond + bare + " of " + all + " lines with code are "
                        + (bare == 0 ? "beyond this source's end" : "blank or comments in this source")
                : bare + " of " + all + " lines with code are blank or comments in this source, and " + beyond
                        + " are beyond its end";
        return new Mismatch("lines", what + ": it is of another version", (beyond + bare) / (double) all);
    }

    private Optional<Mismatch> methods(SortedMap<Integer, ? extends Set<String>> methodsByLine) {
        Set<String> all = new TreeSet<>();
        methodsByLine.values().forEach(all::addAll);
        all.removeIf(name -> name.indexOf('<') >= 0 || name.indexOf('$') >= 0 || ADDED.contains(name));
        Set<String> missing = new TreeSet<>(all);
        missing.removeIf(name -> Pattern.compile("\\b" + Pattern.quote(name) + "\\b")
                .matcher(text)
                .find());
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        String what = String.format(
                Locale.ROOT,
                "%d of %d methods that run are not named in this source (%s): it is of another version",
                missing.size(),
                all.size(),
                String.join(", ", missing.stream().limit(5).toList()));
        return Optional.of(new Mismatch("methods", what, missing.size() / (double) all.size()));
    }
}
