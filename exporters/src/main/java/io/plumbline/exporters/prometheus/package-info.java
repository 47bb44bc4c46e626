/** Keeps the latest point of each series for Prometheus to scrape. */
package io.plumbline.exporters.prometheus;
