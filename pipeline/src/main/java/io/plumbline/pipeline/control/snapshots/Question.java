package io.plumbline.pipeline.control.snapshots;

/**
 * A question about the value at a path.
 *
 * @param rule as people read it, such as {@code order.tier == "GOLD"}
 * @param isThreshold whether it asks for a size and not for a value; of two equally good ones the value says more
 * @param score from 0 to 1
 */
record Question(String path, String rule, boolean isThreshold, double score) {}
