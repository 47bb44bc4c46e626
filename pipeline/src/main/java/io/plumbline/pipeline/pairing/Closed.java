package io.plumbline.pipeline.pairing;

import io.plumbline.config.pairing.Pairing;
import io.plumbline.config.probe.Recipients;
import io.plumbline.exporters.signal.Resource;

/**
 * A pair whose latency is known, as far as it ever will be.
 *
 * @param probe the probe's id
 * @param to which exporters it is for
 * @param resource of the instance that had the first hit
 * @param isNew whether it was not told before a restart
 */
record Closed(
        String probe,
        long version,
        Recipients to,
        Pairing pairing,
        Resource resource,
        Latency latency,
        boolean isNew) {}
