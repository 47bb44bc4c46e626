/** Plumbline beside other tools: the same line of the same program, each tool in a JVM of its own with its own agent. */
package io.plumbline.benchmarks.peers;
