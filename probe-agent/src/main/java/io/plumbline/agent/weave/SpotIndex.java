package io.plumbline.agent.weave;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Spot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The probes that mean one class, by the spot they ask for: a class may have thousands of both probes and sites. */
final class SpotIndex {
    private final Map<Spot, List<ArmedProbe>> bySpot = new HashMap<>();
    private final String ownFile;

    /**
     * @param ownFile the class's source file; may be empty
     */
    SpotIndex(Collection<ArmedProbe> probes, String ownFile) {
        this.ownFile = ownFile;
        for (ArmedProbe armed : probes) {
            bySpot.computeIfAbsent(SiteKey.bare(armed.probe().location().spot()), any -> new ArrayList<>())
                    .add(armed);
        }
    }

    /** Those that stand at a site. */
    List<ArmedProbe> at(SiteKey key) {
        return bySpot.getOrDefault(key.spot(), List.of()).stream()
                .filter(armed -> key.isAt(armed.probe().location()))
                .filter(armed -> isSameFile(armed.probe().location(), key))
                .toList();
    }

    private boolean isSameFile(Location location, SiteKey key) {
        boolean other = location.isFile() && !location.type().equals(ownFile);
        return location.line() == 0 || key.file().equals(other ? location.type() : "");
    }
}
