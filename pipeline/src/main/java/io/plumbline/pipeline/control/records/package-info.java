/**
 * The compacted topics as the control plane's memory: read from their beginning, written and signed, and what
 * others wrote told from what is ours.
 */
package io.plumbline.pipeline.control.records;
