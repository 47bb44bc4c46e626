package io.plumbline.pipeline.control.source;

import io.plumbline.config.wire.LinesReply;
import io.plumbline.pipeline.control.source.Origin.Found;
import io.plumbline.pipeline.control.source.SourceComparison.Mismatch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The lines of a running class that can be probed, each once, and what a source is held against. */
final class RunningLines {
    private final LinesReply reply;
    /** Names of methods by line, of the class's own file. */
    private final SortedMap<Integer, Set<String>> methods = new TreeMap<>();

    private final SortedMap<Integer, Set<String>> kinds = new TreeMap<>();

    RunningLines(LinesReply reply) {
        this.reply = reply;
        for (LinesReply.Line line : reply.lines()) {
            if (line.isLine() && line.file().isEmpty() && line.line() > 0) {
                String method = line.method().replaceFirst("\\(.*", "");
                methods.computeIfAbsent(line.line(), any -> new TreeSet<>()).add(method);
                kinds.computeIfAbsent(line.line(), any -> new TreeSet<>()).addAll(line.kinds());
            }
        }
    }

    SortedMap<Integer, Set<String>> methods() {
        return methods;
    }

    List<Map<String, Object>> maps() {
        return methods.entrySet().stream()
                .map(entry -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    map.put("line", entry.getKey());
                    map.put("methods", List.copyOf(entry.getValue()));
                    map.put("kinds", List.copyOf(kinds.get(entry.getKey())));
                    return map;
                })
                .toList();
    }

    /**
     * Why a source is not what runs, or may not be. One that lies with the running classes tells by its hash for sure; else the lines do, and
     * after them what its place has to say.
     */
    Optional<Mismatch> compare(SourcePath path, Found found) {
        Optional<String> running = reply.sources().stream()
                .filter(source -> source.file().equals(path.text()))
                .map(LinesReply.Source::sha256)
                .findFirst();
        if (running.isPresent() && running.get().equals(sha256(found.text()))) {
            return Optional.empty();
        }
        Optional<Mismatch> lines =
                new SourceComparison(found.text()).with(methods, path.text().endsWith(".java"));
        if (lines.isPresent()) {
            return found.doubt().isEmpty()
                    ? lines
                    : lines.map(
                            each -> new Mismatch(each.reason(), each.detail() + "; " + found.doubt(), each.share()));
        }
        if (running.isPresent()) {
            return Optional.of(new Mismatch(
                    "hash",
                    "the source that lies with the running class is another one, though its lines are the same",
                    0));
        }
        return found.doubt().isEmpty() ? Optional.empty() : Optional.of(new Mismatch("commit", found.doubt(), 0));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
