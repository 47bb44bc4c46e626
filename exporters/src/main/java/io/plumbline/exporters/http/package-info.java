/** Sending by HTTP, for any backend. */
package io.plumbline.exporters.http;
