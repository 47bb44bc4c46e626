/** Spans to Jaeger, or to whatever takes OTLP. */
package io.plumbline.exporters.jaeger;
