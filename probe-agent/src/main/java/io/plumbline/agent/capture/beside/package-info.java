/**
 * Beside the program's own telemetry: probes' log records through its Logback, probes' metrics in its Micrometer or simpleclient
 * registry. The only place of the agent that calls methods of the program's libraries of its own accord, on a thread of its own.
 */
package io.plumbline.agent.capture.beside;
