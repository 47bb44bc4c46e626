package io.plumbline.pipeline.control.probes;

import io.plumbline.pipeline.control.access.Caller;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who has to agree before a definition is set. Called by {@link Definitions}, one change at a time. */
public interface Consent {
    /** Nobody. */
    Consent NOBODY = new Consent() {
        @Override
        public List<Change> held(List<Change> changes, Caller caller, boolean dryRun) {
            return changes;
        }

        @Override
        public boolean withdraw(String probe, Caller caller) {
            return false;
        }
    };

    /**
     * What a change waits for.
     *
     * @param id of the request; empty where it was only tried
     * @param rule that asks, in words
     * @param author the name of the token that asked
     * @param expires until when it can be approved
     */
    record Approval(String id, String rule, String author, Instant expires) {
        Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("id", id);
            map.put("rule", rule);
            map.put("author", author);
            map.put("expires", expires.toEpochMilli());
            return map;
        }
    }

    /** The same changes; those that have to wait are {@link Change.Kind#WAITING} and kept elsewhere, unless it is a dry run. */
    List<Change> held(List<Change> changes, Caller caller, boolean dryRun);

    /** Takes back what waits of a probe; false where nothing does. */
    boolean withdraw(String probe, Caller caller);
}
