package io.plumbline.pipeline.control;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.text.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Warns of probes whose signals are for exporters that do not run here. No more than a warning: they may run in another
 * process, or be started later and read what waits.
 */
final class RecipientCheck {
    private final Set<String> running;

    /** @param exporters how they do, as plain values */
    RecipientCheck(List<Map<String, Object>> exporters) {
        running = exporters.stream()
                .map(exporter -> String.valueOf(exporter.get("name")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Sentences; none where all is well. */
    List<String> warnings(Probe probe) {
        return probe.to().names().stream()
                .filter(name -> !running.contains(name))
                .map(this::warning)
                .toList();
    }

    private String warning(String name) {
        String remedy = Nearest.to(name, running)
                .map(near -> "did you mean '" + near + "'?")
                .orElse((running.isEmpty() ? "none runs here" : "here run " + String.join(", ", running))
                        + "; plumb up --exporter " + name + "=EXPORTER starts it");
        return "no exporter called '" + name + "' runs here; " + remedy;
    }
}
