/** Other people's jars, as Maven has them. */
package io.plumbline.benchmarks.jars;
