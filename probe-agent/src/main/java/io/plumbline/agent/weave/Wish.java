package io.plumbline.agent.weave;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.MethodName;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.Spot;
import java.util.Optional;

/**
 * What is to be woven into a class for a probe. Probes with equal wishes share their sites.
 *
 * @param file that a line is counted in: empty for the class's own
 * @param spot as {@link SiteKey#bare} has it
 * @param timed whether the method's start is to be remembered, for {@code $duration}
 */
record Wish(String file, Optional<MethodName> method, Spot spot, boolean timed) {
    static final Spot ENTRY = new Spot.Entry();
    static final Spot EXIT = new Spot.Exit();
    static final Spot ESCAPE = new Spot.Escape(Optional.empty());
    static final Spot THROW = new Spot.Throw(Optional.empty());
    static final Spot CATCH = new Spot.Catch(Optional.empty());

    /** The name of what is handed over for {@code $duration}: the nanoseconds at which the method began. */
    static final String START = "$start";

    private static final String DURATION = "$duration";

    /**
     * @param ownFile the class's source file; null if it is not known
     */
    static Wish of(Probe probe, String ownFile) {
        Location location = probe.location();
        boolean other = location.isFile() && !location.type().equals(ownFile);
        Spot spot = SiteKey.bare(location.spot());
        boolean ends = spot.equals(EXIT) || spot.equals(ESCAPE);
        return new Wish(other ? location.type() : "", location.method(), spot, ends && asksDuration(probe));
    }

    private static boolean asksDuration(Probe probe) {
        return probe.condition().filter(code -> code.text().contains(DURATION)).isPresent()
                || probe.actions().stream()
                        .flatMap(action -> action.expressions().stream())
                        .anyMatch(code -> code.text().contains(DURATION));
    }

    boolean wants(String otherMethod) {
        return method.map(name -> SiteKey.means(name, otherMethod)).orElse(true);
    }
}
