package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Spot;
import io.plumbline.config.probe.Targets;
import io.plumbline.config.text.Nearest;
import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.fleet.Registry.Seen;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds out before a probe is set whether its line has code where it would run. Says no only when every instance that was
 * asked has the class and none has code there; a class that is not loaded, or an instance that does not answer in time,
 * leaves it open.
 */
public final class LineCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Registry registry;
    private final LinesDesk desk;

    public LineCheck(Registry registry, LinesDesk desk) {
        this.registry = registry;
        this.desk = desk;
    }

    /** How many were asked and have code there; and the problem, empty where nothing speaks against the probe. */
    public Map<String, Object> of(Location location, Targets targets, Bounds bounds) {
        List<String> meant = registry.running().stream()
                .map(Seen::report)
                .filter(report -> targets.match(report.labels()) && bounds.cover(report.labels()))
                .map(InstanceReport::id)
                .limit(LinesDesk.MAX_ASKED)
                .toList();
        boolean asks = location.spot() instanceof Spot.Line && !meant.isEmpty();
        List<LinesReply> replies = asks ? desk.askAll(location.type(), meant, PATIENCE) : List.of();
        List<LinesReply> with =
                replies.stream().filter(reply -> !reply.lines().isEmpty()).toList();
        long having = with.stream()
                .filter(reply -> lines(reply, location).contains(location.line()))
                .count();
        boolean none = asks && having == 0 && with.size() == meant.size();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("asked", asks ? meant.size() : 0);
        map.put("having", having);
        map.put("problem", none ? problem(location, with) : "");
        return map;
    }

    private static SortedSet<Integer> lines(LinesReply reply, Location location) {
        return reply.lines().stream()
                .filter(LinesReply.Line::isLine)
                .filter(line -> line.file().isEmpty() || line.file().equals(location.type()))
                .map(LinesReply.Line::line)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String problem(Location location, List<LinesReply> replies) {
        SortedSet<Integer> all = new TreeSet<>();
        replies.forEach(reply -> all.addAll(lines(reply, location)));
        String nearest = Nearest.lines(all, location.line());
        String asked = replies.size() == 1 ? replies.get(0).instance() : replies.size() + " instances";
        return "no code at line " + location.line() + " of " + className(location, replies)
                + (nearest.isEmpty() ? "" : "; nearest: " + nearest) + " (asked: " + asked + ")";
    }

    /** Of the classes that are meant, the outermost. */
    private static String className(Location location, List<LinesReply> replies) {
        return replies.stream()
                .flatMap(reply -> reply.lines().stream())
                .map(LinesReply.Line::type)
                .min(Comparator.comparingInt(String::length))
                .orElse(location.type());
    }
}
