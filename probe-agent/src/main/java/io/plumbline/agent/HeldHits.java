package io.plumbline.agent;

import io.plumbline.agent.control.Claims;
import io.plumbline.agent.send.Holding;

/** What the control thread decides about held hits, told to who holds them; with this neither knows the other. */
public final class HeldHits implements Claims.Holder {
    private final Holding holding;

    public HeldHits(Holding holding) {
        this.holding = holding;
    }

    @Override
    public void hold(String probe, long version, long limit) {
        holding.hold(probe, version, limit);
    }

    @Override
    public void granted(String probe, long version, long granted) {
        holding.granted(probe, version, granted);
    }

    @Override
    public void close(String probe, long version) {
        holding.close(probe, version);
    }
}
