/**
 * Probes that a rule asks somebody else's approval for: the rules, the requests that wait in their own topic, who
 * approves or refuses them.
 */
package io.plumbline.pipeline.control.approval;
