package io.plumbline.agent.weave;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.SiteReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says how a probe stands, in words, from what the weaving of its classes left behind. */
final class StandingReader {
    private static final int NEAREST = 2;

    /** To look through all loaded classes is no work for every report. */
    private static final long LIKE_FOR_NANOS = 10_000_000_000L;

    private final LoadedClasses loaded;
    private final Map<String, Like> likes = new HashMap<>();

    private record Like(List<String> names, long atNanos) {}

    StandingReader(LoadedClasses loaded) {
        this.loaded = loaded;
    }

    /**
     * @param meant the states of the classes that the probe means
     * @param blocked why a class of that name can't be probed at all; null when there is none
     */
    Standing read(Probe probe, List<ClassState> meant, String blocked) {
        List<SiteReport> sites = sites(probe, meant);
        if (sites.stream().anyMatch(site -> site.state() == ProbeState.INSTALLED)) {
            return new Standing(ProbeState.INSTALLED, partly(sites), sites);
        }
        if (!sites.isEmpty()) {
            SiteReport first = sites.get(0);
            return new Standing(first.state(), first.reason(), sites);
        }
        for (ClassState state : meant) {
            String refusal = state.refusal(probe.location().line());
            if (refusal != null) {
                return new Standing(ProbeState.REJECTED, state.className() + ": " + refusal, sites);
            }
        }
        if (meant.isEmpty()) {
            return blocked != null
                    ? new Standing(ProbeState.REJECTED, blocked, sites)
                    : new Standing(ProbeState.PENDING, notLoaded(probe.location()), sites);
        }
        return new Standing(ProbeState.REJECTED, noCode(probe.location(), meant), sites);
    }

    private static List<SiteReport> sites(Probe probe, List<ClassState> meant) {
        List<SiteReport> reports = new ArrayList<>();
        for (ClassState state : meant) {
            for (Site site : state.sites()) {
                if (site.key().line() == probe.location().line()) {
                    reports.add(report(probe, state, site));
                }
            }
        }
        return reports;
    }

    private static SiteReport report(Probe probe, ClassState state, Site site) {
        String refusal = site.refusal(probe.id());
        boolean seen = state.owner() != null;
        ProbeState probeState =
                refusal != null ? ProbeState.REJECTED : seen ? ProbeState.INSTALLED : ProbeState.PENDING;
        String reason = refusal != null ? refusal : seen ? "" : "the class is being loaded";
        return new SiteReport(
                state.className(),
                state.loaderName(),
                site.key().method(),
                site.key().ordinal(),
                probeState,
                reason);
    }

    private static String partly(List<SiteReport> sites) {
        return sites.stream()
                .filter(site -> site.state() != ProbeState.INSTALLED)
                .map(site -> "not in " + site.method() + ": " + site.reason())
                .findFirst()
                .orElse("");
    }

    private String notLoaded(Location location) {
        String what = Location.isFile(location.type()) ? "no class made from " : "no class ";
        List<String> like = like(location.type());
        String offer = like.isEmpty() ? "" : "; loaded and of a like name: " + String.join(", ", like);
        return what + location.type() + " is loaded in this program; the probe waits for it" + offer;
    }

    private List<String> like(String type) {
        Like known = likes.get(type);
        if (known == null || System.nanoTime() - known.atNanos() > LIKE_FOR_NANOS) {
            known = new Like(loaded.like(type), System.nanoTime());
            likes.put(type, known);
        }
        return known.names();
    }

    private static String noCode(Location location, List<ClassState> meant) {
        SortedSet<Integer> lines = new TreeSet<>();
        meant.forEach(state -> lines.addAll(state.lines()));
        // of a class and those nested in it, the outermost
        String name = meant.stream()
                .map(ClassState::className)
                .min(Comparator.comparingInt(String::length))
                .orElse(location.type());
        String start = "no code at line " + location.line() + " of " + name;
        if (lines.isEmpty()) {
            return start + ": the class was compiled without line numbers (javac -g:none); compile it with -g:lines";
        }
        return start + "; nearest: " + nearest(lines, location.line());
    }

    /** Up to two lines on each side. */
    static String nearest(SortedSet<Integer> lines, int line) {
        List<Integer> before = new ArrayList<>(lines.headSet(line));
        List<Integer> near = new ArrayList<>(before.subList(Math.max(0, before.size() - NEAREST), before.size()));
        lines.tailSet(line).stream().limit(NEAREST).forEach(near::add);
        return near.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
