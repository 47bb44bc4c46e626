package io.plumbline.benchmarks.fleet;

import io.plumbline.agent.control.Claims;

/** An instance without probes that share a hit limit. */
final class NoHeldHits implements Claims.Holder {
    @Override
    public void hold(String probe, long version, long limit) {
        // nothing is hit
    }

    @Override
    public void granted(String probe, long version, long granted) {
        // nothing was claimed
    }

    @Override
    public void close(String probe, long version) {
        // nothing is held
    }
}
