/** Writes one readable line a signal. */
package io.plumbline.exporters.console;
