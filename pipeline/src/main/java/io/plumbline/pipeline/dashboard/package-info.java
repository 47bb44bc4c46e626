/** Grafana dashboards made of probes' definitions: plain values in, plain values out. Start reading at {@code ProbeDashboard}. */
package io.plumbline.pipeline.dashboard;
