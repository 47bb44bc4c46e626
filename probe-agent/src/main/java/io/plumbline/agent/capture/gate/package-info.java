/**
 * Decides which hits are taken, so that a probe stays within its budget, and counts all of them: each thread in a {@link
 * io.plumbline.agent.capture.gate.ThreadLane lane} of its own.
 */
package io.plumbline.agent.capture.gate;
