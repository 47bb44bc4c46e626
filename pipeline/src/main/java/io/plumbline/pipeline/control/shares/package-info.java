/**
 * Signals that somebody shared: kept as they were seen, for longer than the probe and the topics keep them.
 */
package io.plumbline.pipeline.control.shares;
