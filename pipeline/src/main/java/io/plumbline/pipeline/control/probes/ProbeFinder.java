package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.text.Nearest;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.http.Problem;
import java.util.List;

/** Finds the probes that a person means, or says which are near. Threads: any. */
public final class ProbeFinder {
    private final Registry registry;

    ProbeFinder(Registry registry) {
        this.registry = registry;
    }

    /** @throws Problem where there is none of that id */
    public Probe require(String id) {
        return registry.probe(id).orElseThrow(() -> {
            List<String> ids = registry.probes().stream().map(Probe::id).toList();
            String remedy = Nearest.to(id, ids)
                    .map(near -> "did you mean '" + near + "'?")
                    .orElse("plumb probe list shows those there are");
            return Problem.notFound("there is no probe '" + id + "'; " + remedy);
        });
    }

    /** @throws Problem where there never was one of that id */
    public void requireKnown(String id) {
        if (registry.lastVersion(id) == 0) {
            require(id);
        }
    }

    /** @throws Problem where none has the tag */
    List<Probe> requireTagged(String tag) {
        List<Probe> probes = registry.probes().stream()
                .filter(probe -> probe.marks().tags().contains(tag))
                .toList();
        if (probes.isEmpty()) {
            throw Problem.notFound("no probe has the tag '" + tag + "'; " + remedy(tag));
        }
        return probes;
    }

    private String remedy(String tag) {
        List<String> tags = registry.probes().stream()
                .flatMap(probe -> probe.marks().tags().stream())
                .distinct()
                .toList();
        return Nearest.to(tag, tags)
                .map(near -> "did you mean '" + near + "'?")
                .orElse(tags.isEmpty() ? "no probe has a tag" : "there are " + String.join(", ", tags));
    }
}
