package io.plumbline.pipeline.pairing;

import io.plumbline.config.pairing.Pairing;
import io.plumbline.exporters.signal.Resource;

/**
 * A pair whose latency is known, as far as it ever will be.
 *
 * @param probe the probe's id
 * @param resource of the instance that had the first hit
 * @param isNew whether it was not told before a restart
 */
record Closed(String probe, long version, Pairing pairing, Resource resource, Latency latency, boolean isNew) {}
