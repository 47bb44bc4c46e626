/** Other people's test suites, with a counting probe at every line of the library that they test. */
package io.plumbline.benchmarks.suites;
