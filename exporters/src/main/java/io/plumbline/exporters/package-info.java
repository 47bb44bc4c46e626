/**
 * The contract between the pipeline and its backends.
 *
 * <p>An {@link io.plumbline.exporters.Exporter} converts and sends, and says what the backend answered as an
 * {@link io.plumbline.exporters.Outcome}. The host owns threads, batching, retry, dead letters, offsets and counting.
 * Each backend lives in a package of its own and is found by its {@link io.plumbline.exporters.ExporterFactory}.
 */
package io.plumbline.exporters;
