package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Marks;
import io.plumbline.config.probe.Probe;
import io.plumbline.pipeline.control.http.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a submission under the name of a set does besides: the probes it has belong to the set, and those that an earlier one
 * left there and this one has no more can be removed with it. Probes outside of the set are nobody's to prune.
 *
 * @param set the name; empty for a submission without
 * @param prune whether what the set has no more is removed
 */
public record SetChange(Optional<String> set, boolean prune) {
    public static final SetChange NONE = new SetChange(Optional.empty(), false);

    public SetChange {
        try {
            set.ifPresent(Marks.NONE::in);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("set", e.getMessage());
        }
        if (prune && set.isEmpty()) {
            throw Problem.badRequest("only a set can be pruned, so that nobody else's probes are: name it, as in"
                    + " set=shop (plumb apply --set shop --prune)");
        }
    }

    /** The probe as it is to be set; one that says nothing of a set stays where it is. */
    Probe marked(Probe written, Optional<Probe> present) {
        Optional<String> before = present.flatMap(probe -> probe.marks().set());
        Optional<String> wanted = set.or(() -> written.marks().set()).or(() -> before);
        if (wanted.isPresent() && before.isPresent() && !wanted.equals(before)) {
            throw Problem.conflict("the probe '" + written.id() + "' belongs to the set '" + before.get()
                    + "', not to '" + wanted.get() + "'; give yours another id, or remove that one first");
        }
        return wanted.map(name -> written.withMarks(written.marks().in(name))).orElse(written);
    }

    /** What is to be removed of those that are there. */
    List<Probe> pruned(List<Probe> written, List<Probe> present) {
        if (!prune) {
            return List.of();
        }
        Set<String> kept = written.stream().map(Probe::id).collect(Collectors.toSet());
        return present.stream()
                .filter(probe -> probe.marks().set().equals(set) && !kept.contains(probe.id()))
                .toList();
    }
}
