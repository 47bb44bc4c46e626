/** Which hits of a span probe's points belong together. Plain arithmetic on values; used in the agent and in the pipeline. */
package io.plumbline.config.pairing;
