package io.plumbline.agent.weave;

import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.SiteReport;
import java.util.List;

/**
 * How the weaving of a probe stands.
 *
 * @param state PENDING, INSTALLED or REJECTED
 * @param reason a sentence; empty when there is nothing to explain
 */
public record Standing(ProbeState state, String reason, List<SiteReport> sites) {

    public Standing {
        sites = List.copyOf(sites);
    }
}
