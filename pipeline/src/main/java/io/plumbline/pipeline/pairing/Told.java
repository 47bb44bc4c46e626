package io.plumbline.pipeline.pairing;

import io.plumbline.config.pairing.PointHit;
import io.plumbline.config.pairing.Trail;
import io.plumbline.config.probe.Probe;
import io.plumbline.exporters.signal.Resource;

/** What pairing has to say. All methods are called by the pairing thread. */
interface Told {

    /** A pair is complete. */
    void closed(Closed pair);

    /** A hit was waited behind in vain. */
    void unclosed(Probe probe, Trail.Lost lost, Resource resource);

    /** A hit came that nothing led to: the point before was not passed, or its condition did not hold. */
    void orphan(Probe probe, PointHit hit);

    /** Hits were let go because too many wait. */
    void evicted(Probe probe, int hits);

    /** A hit came again. */
    void duplicate(Probe probe);

    /** One request in so many is taken at a point, lately. */
    int strictest(String probe, String point);
}
