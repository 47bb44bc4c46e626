/**
 * Exceptions: read on the application's thread as marked text, without running application code; turned into stack trace,
 * fingerprint and attributes on the agent's thread. Knows nothing of probes, slots or signals.
 */
package io.plumbline.agent.capture.thrown;
