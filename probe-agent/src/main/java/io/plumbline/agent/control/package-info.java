/** Which probes should be here: reads definitions from Kafka, keeps weaver and capture in step with them, reports. */
package io.plumbline.agent.control;
