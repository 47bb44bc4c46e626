/**
 * A JVM of its own with the real agent jar in it, its control thread and Kafka left out: code of the proofs runs in the
 * agent's class loader and sets probes by the agent's own weaver.
 */
package io.plumbline.benchmarks.inside;
