/** A signal leaves: bounded buffering, OTLP encoding, Kafka. Nothing here runs on an application's thread. */
package io.plumbline.agent.send;
