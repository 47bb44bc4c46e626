/** How fast a fleet has a probe: simulated instances at a real broker and a real control plane. */
package io.plumbline.benchmarks.fleet;
