package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.Recipients;
import io.plumbline.config.text.Nearest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Warns of probes whose signals are for exporters that run in no process. No more than a warning: they may be started later and
 * read what waits.
 */
public final class RecipientCheck {
    private final Set<String> running;

    /** @param running the names of all instances, in whichever process */
    public RecipientCheck(Set<String> running) {
        this.running = new TreeSet<>(running);
    }

    /** Sentences; none where all is well. */
    public List<String> warnings(Probe probe) {
        return probe.to().names().stream()
                .filter(name -> !name.equals(Recipients.NOBODY))
                .filter(name -> !running.contains(name))
                .map(this::warning)
                .toList();
    }

    private String warning(String name) {
        String remedy = Nearest.to(name, running)
                .map(near -> "did you mean '" + near + "'?")
                .orElse((running.isEmpty() ? "none does" : "there are " + String.join(", ", running))
                        + "; plumb up --exporter " + name + "=EXPORTER starts it, as does plumb serve --role export");
        return "no exporter called '" + name + "' runs; " + remedy;
    }
}
