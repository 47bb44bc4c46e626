/** The Kafka broker that {@code plumb up} starts inside its own process where there is no cluster. */
package io.plumbline.pipeline.broker;
