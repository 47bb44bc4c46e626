/**
 * The last signals of a probe, read back from the signal topics: also those that came while nobody watched.
 */
package io.plumbline.pipeline.control.history;
