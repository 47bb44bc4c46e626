package io.plumbline.agent.capture.gate;

import io.plumbline.agent.bridge.Lane;

/**
 * Keeps what a lane's thread writes off the cache line of whatever stands before the lane in memory: most often another thread's
 * lane, which that thread reads with every hit. HotSpot lays out a class's fields behind those of the class above it.
 */
abstract class PaddedLane extends Lane {
    @SuppressWarnings("unused")
    private long before1, before2, before3, before4, before5, before6, before7, before8;
}
