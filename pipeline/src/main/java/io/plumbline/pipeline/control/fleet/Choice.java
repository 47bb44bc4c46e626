package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.Chosen;
import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.pipeline.control.fleet.Registry.Seen;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Chooses one running instance of each service. Who was chosen stays while it runs; then the choice is by lot, which is the
 * same for every control plane, so that two side by side agree.
 */
final class Choice {
    private static final Comparator<InstanceReport> BY_LOT = Comparator.comparingDouble(
                    (InstanceReport report) -> RolloutStage.lot(report.id()))
            .thenComparing(InstanceReport::id);

    private Choice() {}

    /**
     * What is to be chosen now; empty where the present choice stands.
     *
     * @param running all instances that run
     * @param present the ids chosen before
     */
    static Optional<Chosen> next(Probe probe, List<Seen> running, Set<String> present) {
        Map<String, List<InstanceReport>> byService = running.stream()
                .map(Seen::report)
                .filter(report -> probe.targets().match(report.labels()))
                .collect(Collectors.groupingBy(InstanceReport::service, TreeMap::new, Collectors.toList()));
        Set<String> chosen = new TreeSet<>();
        for (List<InstanceReport> service : byService.values()) {
            chosen.add(service.stream()
                    .filter(report -> present.contains(report.id()))
                    .min(BY_LOT)
                    .or(() -> service.stream().min(BY_LOT))
                    .orElseThrow()
                    .id());
        }
        return chosen.isEmpty() || chosen.equals(present)
                ? Optional.empty()
                : Optional.of(new Chosen(probe.id(), chosen));
    }
}
