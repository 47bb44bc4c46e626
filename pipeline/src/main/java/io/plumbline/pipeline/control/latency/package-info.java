/**
 * How long requests took between the points of a span probe: from the spans that are kept, figures and the requests behind them.
 */
package io.plumbline.pipeline.control.latency;
