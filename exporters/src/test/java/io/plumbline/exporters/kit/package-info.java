/** What every exporter must pass: extend {@code ExporterKit}, or {@code HttpExporterKit} for one that sends by HTTP. */
package io.plumbline.exporters.kit;
