/**
 * What surrounds a hit in the application's own libraries: the MDC of its logging library and the span and baggage of its
 * OpenTelemetry API. Found by name among classes that the application has loaded and initialised, read by their fields;
 * of libraries only classes known by name, of the application nothing. Knows nothing of probes, slots or signals.
 */
package io.plumbline.agent.capture.context;
