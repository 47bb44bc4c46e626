/**
 * A hit becomes a signal: gates and credit, log records in a ring, metrics in cells. What runs on application threads
 * never blocks, allocates nothing in the usual case, and calls no application code.
 */
package io.plumbline.agent.capture;
