/**
 * Carries signals from Kafka to exporters.
 *
 * <p>Each instance of an exporter has a consumer group and threads of its own, so that a slow or dead backend delays only itself. The way
 * of a record: {@link io.plumbline.pipeline.stream.Poller} ▸ {@link io.plumbline.pipeline.stream.Backlog} ▸ a lane of {@link
 * io.plumbline.pipeline.stream.Lanes} ▸ {@link io.plumbline.pipeline.stream.Carrier} ▸ {@link io.plumbline.pipeline.stream.Delivery}. How
 * many lanes there are does not depend on the number of partitions. An offset is committed only after the backend has answered for
 * everything up to it.
 */
package io.plumbline.pipeline.stream;
