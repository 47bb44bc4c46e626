package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One probe of a submission, as it is now in force or waits.
 *
 * @param approval what it waits for, or would
 */
public record Change(Kind kind, Probe probe, Optional<Consent.Approval> approval) {
    /** What a submission does to one id. */
    public enum Kind {
        CREATED,
        CHANGED,
        UNCHANGED,
        REMOVED,
        /** It is not in force: somebody has to approve it. */
        WAITING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a definition is written for it. */
        boolean isSet() {
            return this == CREATED || this == CHANGED;
        }
    }

    Change(Kind kind, Probe probe) {
        this(kind, probe, Optional.empty());
    }

    /** What an audit calls it. */
    public String auditAction() {
        if (approval.isPresent()) {
            return "approval.ask";
        }
        return kind == Kind.REMOVED ? "probe.remove" : "probe.set";
    }

    /** @param warnings of what is allowed and may be a mistake */
    public Map<String, Object> map(List<String> warnings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", probe.id());
        map.put("version", probe.version());
        map.put("change", kind.word());
        map.put("probe", ProbeWriter.map(probe));
        map.put("warnings", warnings);
        approval.ifPresent(waitsFor -> map.put("approval", waitsFor.map()));
        return map;
    }
}
