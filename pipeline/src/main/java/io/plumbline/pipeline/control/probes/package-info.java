/**
 * Definitions of probes: read, checked against each other and written.
 */
package io.plumbline.pipeline.control.probes;
