/** Logs and metrics to Datadog's intake, spans to an Agent or Collector beside it. */
package io.plumbline.exporters.datadog;
