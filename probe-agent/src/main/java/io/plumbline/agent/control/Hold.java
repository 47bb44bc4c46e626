package io.plumbline.agent.control;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.RolloutStage;

/**
 * Why a probe that is meant for this instance is not to be here now, though it may be later.
 *
 * @param reason in words
 */
record Hold(ProbeState state, String reason) {

    static Hold off(String reason) {
        return new Hold(ProbeState.OFF, reason);
    }

    /**
     * What a rollout has to say.
     *
     * @param stage how far it has come; null when nothing is known
     * @return null when the probe may be here
     */
    static Hold of(Probe probe, RolloutStage stage, String instance) {
        if (probe.rollout().isEmpty()) {
            return null;
        }
        boolean isKnown = stage != null && stage.version() == probe.version();
        if (isKnown && stage.step() == RolloutStage.Step.BACKED_OUT) {
            return new Hold(ProbeState.SUSPENDED, "the rollout was taken back: " + stage.reason());
        }
        return isKnown && stage.admits(instance)
                ? null
                : new Hold(ProbeState.PENDING, "waits for its turn in the rollout");
    }
}
