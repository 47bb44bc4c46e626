/** Every line of every class of well-known jars is probed, and the JVM must take each class. */
package io.plumbline.benchmarks.corpus;
