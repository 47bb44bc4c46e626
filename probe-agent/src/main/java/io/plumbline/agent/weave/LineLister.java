package io.plumbline.agent.weave;

import io.plumbline.config.probe.Location;
import io.plumbline.config.wire.LinesReply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Type;

/** Answers which lines of a class can be probed, from the bytes that the JVM runs. */
final class LineLister {
    private static final int MAX_LINES = 5_000;

    private final LoadedClasses loaded;
    private final Retransformer retransformer;
    private final ProbeTransformer transformer;

    LineLister(LoadedClasses loaded, Retransformer retransformer, ProbeTransformer transformer) {
        this.loaded = loaded;
        this.retransformer = retransformer;
        this.transformer = transformer;
    }

    LinesReply list(String requestId, String instance, String type) {
        Set<Class<?>> meant = new LinkedHashSet<>();
        for (Class<?> candidate : loaded.meant(type)) {
            String reason = Eligible.reasonAgainst(candidate);
            if (reason != null) {
                return new LinesReply(requestId, instance, List.of(), reason);
            }
            meant.add(candidate);
        }
        if (meant.isEmpty()) {
            return new LinesReply(requestId, instance, List.of(), notLoaded(type));
        }
        List<LinesReply.Line> lines = new ArrayList<>();
        meant.forEach(transformer::want);
        retransformer.retransform(meant);
        for (Class<?> loadedClass : meant) {
            byte[] bytes = transformer.bytes(loadedClass);
            if (bytes != null) {
                lines.addAll(linesOf(bytes));
            }
        }
        lines.sort(Comparator.comparingInt(LinesReply.Line::line).thenComparing(LinesReply.Line::type));
        String problem = lines.isEmpty() ? type + " has no line with code: it was compiled without line numbers" : "";
        return new LinesReply(requestId, instance, lines.subList(0, Math.min(lines.size(), MAX_LINES)), problem);
    }

    private String notLoaded(String type) {
        List<String> like = loaded.like(type);
        return "no class " + (Location.isFile(type) ? "made from " : "") + type + " is loaded in this program"
                + (like.isEmpty() ? "" : "; loaded and of a like name: " + String.join(", ", like));
    }

    private static List<LinesReply.Line> linesOf(byte[] bytes) {
        ClassWeaver weaver = new ClassWeaver(bytes);
        Map<String, List<WovenSite>> byLine = new LinkedHashMap<>();
        for (WovenSite site : weaver.allSites()) {
            byLine.computeIfAbsent(site.key().line() + " " + site.key().method(), key -> new ArrayList<>())
                    .add(site);
        }
        List<LinesReply.Line> lines = new ArrayList<>();
        for (List<WovenSite> sites : byLine.values()) {
            WovenSite first = sites.get(0);
            List<String> variables = first.layout().variables().stream()
                    .map(variable -> variable.name() + ": "
                            + Type.getType(variable.descriptor()).getClassName())
                    .toList();
            lines.add(new LinesReply.Line(
                    weaver.className(), first.key().line(), first.key().method(), sites.size(), variables));
        }
        return lines;
    }
}
