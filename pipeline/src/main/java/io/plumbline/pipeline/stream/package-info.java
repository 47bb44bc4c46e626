/**
 * Carries signals from Kafka to exporters.
 *
 * <p>Each instance of an exporter has a consumer group, a poll thread and a worker thread of its own, so that a slow or dead backend
 * delays only itself. An offset is committed only after the backend has answered for everything up to it.
 */
package io.plumbline.pipeline.stream;
