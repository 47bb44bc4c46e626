/**
 * What any HTTP server needs and knows nothing of probes: answers as JSON or as problems, bodies with bounds,
 * files.
 */
package io.plumbline.pipeline.control.http;
