/**
 * Signals as they arrive, for people who watch.
 */
package io.plumbline.pipeline.control.tail;
