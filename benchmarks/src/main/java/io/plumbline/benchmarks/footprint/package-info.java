/** What an idle agent takes of a program: start-up, heap, threads, classes, processor time. */
package io.plumbline.benchmarks.footprint;
