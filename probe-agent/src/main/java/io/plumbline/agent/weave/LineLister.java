package io.plumbline.agent.weave;

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
    private final RunningBytes running;

    LineLister(LoadedClasses loaded, RunningBytes running) {
        this.loaded = loaded;
        this.running = running;
    }

    LinesReply list(String requestId, String instance, String type) {
        RunningBytes.Meant meant = running.of(type);
        if (meant.problem() != null) {
            return new LinesReply(requestId, instance, List.of(), meant.problem());
        }
        if (!meant.isLoaded()) {
            return new LinesReply(requestId, instance, List.of(), loaded.absence(type));
        }
        List<LinesReply.Line> lines = new ArrayList<>();
        SourceFinder sources = new SourceFinder();
        meant.bytes().forEach((loadedClass, bytes) -> {
            lines.addAll(linesOf(bytes, loadedClass));
            sources.look(loadedClass, ClassFiles.sourceFile(bytes));
        });
        lines.sort(Comparator.comparingInt(LinesReply.Line::line).thenComparing(LinesReply.Line::type));
        String problem = lines.isEmpty() ? type + " has no line with code: it was compiled without line numbers" : "";
        return new LinesReply(
                requestId,
                instance,
                lines.subList(0, Math.min(lines.size(), MAX_LINES)),
                problem,
                List.copyOf(sources.found()));
    }

    private static List<LinesReply.Line> linesOf(byte[] bytes, Class<?> loaded) {
        ClassWeaver weaver = new ClassWeaver(bytes, ClassFiles.source(bytes, loaded));
        Map<SiteKey, List<ClassWeaver.Found>> byPlace = new LinkedHashMap<>();
        for (ClassWeaver.Found found : weaver.allSites()) {
            SiteKey key = found.site().key();
            SiteKey place = new SiteKey(key.method(), key.file(), key.spot(), 0);
            byPlace.computeIfAbsent(place, any -> new ArrayList<>()).add(found);
        }
        return byPlace.values().stream().map(sites -> line(weaver, sites)).toList();
    }

    private static LinesReply.Line line(ClassWeaver weaver, List<ClassWeaver.Found> sites) {
        WovenSite first = sites.get(0).site();
        List<String> variables = first.layout().variables().stream()
                .map(variable -> variable.name() + ": "
                        + Type.getType(variable.descriptor()).getClassName())
                .toList();
        Set<String> kinds = new LinkedHashSet<>();
        sites.forEach(found -> kinds.add(found.kind().word()));
        return new LinesReply.Line(
                weaver.className(),
                first.key().file(),
                first.line(),
                first.key().method(),
                sites.size(),
                List.copyOf(kinds),
                variables);
    }
}
