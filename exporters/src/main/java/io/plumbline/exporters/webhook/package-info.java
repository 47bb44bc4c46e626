/** Messages to people: aggregated log records of probes, to Slack or to whatever takes JSON. */
package io.plumbline.exporters.webhook;
