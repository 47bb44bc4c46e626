/**
 * What probes and agents report, as series for Prometheus on the control plane's {@code /metrics}: by probe and service, never by
 * instance, so that a fleet of a thousand has no more of them than one program. The names stand in docs/dashboards.md.
 */
package io.plumbline.pipeline.control.meters;
