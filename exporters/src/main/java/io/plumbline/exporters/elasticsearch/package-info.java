/** Stores log records in data streams of Elasticsearch (7.17, 8, 9) and OpenSearch (2, 3), over their HTTP API. */
package io.plumbline.exporters.elasticsearch;
