package io.plumbline.agent.weave;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.SiteReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says how a probe stands, in words, from what the weaving of its classes left behind. */
final class StandingReader {
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
            return new Standing(ProbeState.INSTALLED, partly(probe, sites, meant), sites);
        }
        if (!sites.isEmpty()) {
            SiteReport first = sites.get(0);
            return new Standing(first.state(), first.reason(), sites);
        }
        String refusal = refusal(probe, meant);
        if (refusal != null) {
            return new Standing(ProbeState.REJECTED, refusal, sites);
        }
        if (meant.isEmpty()) {
            return blocked != null
                    ? new Standing(ProbeState.REJECTED, blocked, sites)
                    : new Standing(ProbeState.PENDING, notLoaded(probe.location()), sites);
        }
        return new Standing(ProbeState.REJECTED, new Absence(probe.location(), meant).reason(), sites);
    }

    /** Why the first class that refuses the probe does so; null when none does. */
    private static String refusal(Probe probe, List<ClassState> meant) {
        for (ClassState state : meant) {
            String refusal = state.refusal(probe.location());
            if (refusal != null) {
                return state.className() + ": " + refusal;
            }
        }
        return null;
    }

    private static List<SiteReport> sites(Probe probe, List<ClassState> meant) {
        List<SiteReport> reports = new ArrayList<>();
        for (ClassState state : meant) {
            for (Site site : state.sites(probe.location())) {
                reports.add(report(probe, state, site));
            }
        }
        return reports;
    }

    private static SiteReport report(Probe probe, ClassState state, Site site) {
        String refusal = site.refusal(probe.id());
        ProbeState probeState =
                refusal != null ? ProbeState.REJECTED : state.isAccepted() ? ProbeState.INSTALLED : ProbeState.PENDING;
        return new SiteReport(
                state.className(),
                state.loaderName(),
                site.key().method(),
                site.key().ordinal(),
                probeState,
                refusal != null ? refusal : waitingFor(state));
    }

    private static String waitingFor(ClassState state) {
        if (state.isAccepted()) {
            return "";
        }
        return state.owner() == null
                ? "the class is being loaded"
                : "the class is loaded with the probe, and the JVM will check it when the program first uses it";
    }

    private static String partly(Probe probe, List<SiteReport> sites, List<ClassState> meant) {
        return sites.stream()
                .filter(site -> site.state() != ProbeState.INSTALLED)
                .map(site -> "not in " + site.method() + ": " + site.reason())
                .findFirst()
                .orElseGet(() -> {
                    String refusal = refusal(probe, meant);
                    return refusal == null ? "" : "not everywhere: " + refusal;
                });
    }

    private String notLoaded(Location location) {
        String what = Location.isFile(location.type()) ? "no class made from " : "no class ";
        return what + location.type() + " is loaded in this program; the probe waits for it"
                + LoadedClasses.offer(like(location.type()));
    }

    private List<String> like(String type) {
        Like known = likes.get(type);
        if (known == null || System.nanoTime() - known.atNanos() > LIKE_FOR_NANOS) {
            known = new Like(loaded.like(type), System.nanoTime());
            likes.put(type, known);
        }
        return known.names();
    }
}
