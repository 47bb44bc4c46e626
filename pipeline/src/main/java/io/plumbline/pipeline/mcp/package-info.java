/**
 * A server of the Model Context Protocol over standard input and output: tools with which an AI agent sets probes of its own and reads
 * what they say. It speaks to the control plane as a caller of the role assistant, and can do nothing that the role can't.
 */
package io.plumbline.pipeline.mcp;
