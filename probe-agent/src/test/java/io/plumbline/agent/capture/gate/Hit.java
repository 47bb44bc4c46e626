package io.plumbline.agent.capture.gate;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.bridge.Tap;

/** The beginning and the end of a hit, as generated code does them. */
public final class Hit {
    private Hit() {}

    /** The hit's lane; null where it isn't taken. */
    public static Lane enter(Tap tap) {
        Lane lane = tap.enter();
        if (lane != null && lane.isDue()) {
            lane.begin();
        }
        return lane;
    }

    /** The hit ends. */
    public static void leave(Lane lane, boolean emitted) {
        lane.leave(emitted);
        if (lane.isUnsettled()) {
            lane.settle();
        }
    }
}
