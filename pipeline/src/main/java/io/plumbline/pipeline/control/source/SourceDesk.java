package io.plumbline.pipeline.control.source;

import io.plumbline.config.wire.ClassFileReply;
import io.plumbline.config.wire.GzippedText;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.pipeline.control.fleet.LinesDesk;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.source.Origin.Found;
import io.plumbline.pipeline.control.source.SourceComparison.Mismatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the source of a running class: from the first place of its service that has one which fits, else from the first that has one at all,
 * with what does not fit; where nobody has one it is decompiled.
 *
 * <p>Threads: requests.
 */
public final class SourceDesk {
    private static final Logger LOG = LoggerFactory.getLogger(SourceDesk.class);
    private static final int MAX_ASKED = 5;
    private static final int MAX_CLASS_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final SourceSettings settings;
    private final CodeDesk code;
    private final LinesDesk lines;
    private final Decompiler decompiler;

    public SourceDesk(SourceSettings settings, CodeDesk code, LinesDesk lines, Decompiler decompiler) {
        this.settings = settings;
        this.code = code;
        this.lines = lines;
        this.decompiler = decompiler;
    }

    /**
     * The source of a class.
     *
     * @param type binary name; nested ones are in the source of their outermost
     * @param instances that may be asked, the first that has the class is
     * @param labels of an instance
     */
    SourceView source(
            String type, List<String> instances, java.util.function.Function<String, Map<String, String>> labels) {
        String outer = SourcePath.outermost(type);
        ClassFileReply reply = having(outer, instances);
        Map<String, String> about = labels.apply(reply.instance());
        RunningLines running = new RunningLines(lines(reply));
        List<Origin> origins = settings.of(about.getOrDefault("service", ""));
        Optional<SourceView> stored = SourcePath.of(reply.type(), reply.file())
                .flatMap(path -> stored(path, origins, about.getOrDefault("commit", ""), running)
                        .map(each -> each.of(reply, path.text(), about, running)));
        return stored.orElseGet(() -> decompiled(reply, about, running));
    }

    private ClassFileReply having(String outer, List<String> instances) {
        ClassFileReply reply = null;
        for (String instance : instances.stream().limit(MAX_ASKED).toList()) {
            reply = code.classFile(instance, outer, false);
            if (reply.problem().isEmpty()) {
                return reply;
            }
        }
        throw Problem.notFound(reply.problem());
    }

    private LinesReply lines(ClassFileReply about) {
        return lines.askAll(about.type(), List.of(about.instance()), PATIENCE).stream()
                .findFirst()
                .orElseThrow(() ->
                        Problem.unavailable("no answer from " + about.instance() + " within " + PATIENCE.toSeconds()
                                + " s; look with 'plumb agents' whether it still reports, then try again"));
    }

    /** A source that a place has. */
    private record Stored(Found found, Optional<Mismatch> mismatch) {
        SourceView of(ClassFileReply reply, String file, Map<String, String> about, RunningLines running) {
            return new SourceView(
                    reply.type(), file, found, running, new TreeSet<>(), reply.instance(), about, mismatch, List.of());
        }
    }

    private static Optional<Stored> stored(SourcePath path, List<Origin> origins, String commit, RunningLines running) {
        List<Stored> all = new ArrayList<>();
        for (Origin origin : origins) {
            Optional<Stored> one =
                    found(origin, path, commit).map(found -> new Stored(found, running.compare(path, found)));
            one.ifPresent(all::add);
            if (one.isPresent() && one.get().mismatch().isEmpty()) {
                return one;
            }
        }
        return all.stream().findFirst();
    }

    /** What can't be read is looked for elsewhere. */
    private static Optional<Found> found(Origin origin, SourcePath path, String commit) {
        try {
            return origin.find(path, commit);
        } catch (IOException | RuntimeException e) {
            LOG.warn("sources can't be read from {}, others are asked: {}", origin, e.toString());
            return Optional.empty();
        }
    }

    private SourceView decompiled(ClassFileReply known, Map<String, String> about, RunningLines running) {
        ClassFileReply reply = code.classFile(known.instance(), known.type(), true);
        if (!reply.problem().isEmpty() || reply.files().isEmpty()) {
            throw Problem.notFound(
                    reply.problem().isEmpty()
                            ? reply.instance() + " has no class file of " + known.type()
                                    + "; name its sources with control.source.folders, git or jars"
                            : reply.problem());
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        try {
            reply.files().forEach((name, text) -> files.put(name, GzippedText.bytes(text, MAX_CLASS_BYTES)));
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("the class file that " + reply.instance() + " sent can't be read (" + e.getMessage()
                    + "); name its sources with control.source.folders, git or jars");
        }
        Vineflower.Text text = decompiler.decompile(reply.type(), files);
        LineLayout.LaidOut laidOut = LineLayout.of(text.text(), text.pairs());
        TreeSet<Integer> unplaced = new TreeSet<>(running.methods().keySet());
        unplaced.removeAll(laidOut.placed());
        String file =
                SourcePath.of(reply.type(), reply.file()).map(SourcePath::text).orElse("");
        Found found =
                new Found(laidOut.text(), "decompiled", "the class file as " + reply.instance() + " runs it", "", "");
        return new SourceView(
                reply.type(), file, found, running, unplaced, reply.instance(), about, Optional.empty(), reply.left());
    }
}
