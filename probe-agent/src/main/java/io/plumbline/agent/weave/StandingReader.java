package io.plumbline.agent.weave;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.SiteReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says how a probe stands, in words, from what the weaving of its classes left behind. What was read holds until something
 * happens to a woven class, as it is asked for several times a second. Control thread only.
 */
final class StandingReader {
    private final ClassTable classes;
    private final LikeNames likes;
    private final Revision revision;
    private final Map<String, Read> known = new HashMap<>();

    private record Read(Probe probe, long revision, Standing standing) {}

    StandingReader(ClassTable classes, LikeNames likes, Revision revision) {
        this.classes = classes;
        this.likes = likes;
        this.revision = revision;
    }

    /**
     * @param blocked why a class of that name can't be probed at all; null when there is none
     */
    @SuppressWarnings("ReferenceEquality") // another version is another object
    Standing read(Probe probe, String blocked) {
        long now = revision.now();
        Read before = known.get(probe.id());
        if (before != null && before.probe() == probe && before.revision() == now) {
            return before.standing();
        }
        List<ClassState> meant = classes.meantBy(probe.location().type());
        Standing standing = read(probe, meant, blocked);
        if (!meant.isEmpty()) {
            known.put(probe.id(), new Read(probe, now, standing));
        }
        return standing;
    }

    /** Forgets what was read of a probe. */
    void forget(String probe) {
        known.remove(probe);
    }

    private Standing read(Probe probe, List<ClassState> meant, String blocked) {
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
        List<Absence.Meant> there = meant.stream()
                .map(state -> new Absence.Meant(state.className(), state.contents()))
                .toList();
        return new Standing(ProbeState.REJECTED, new Absence(probe.location(), there).reason(), sites);
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
                + LoadedClasses.offer(likes.of(location.type()));
    }
}
