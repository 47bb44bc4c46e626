/** Exceptions and snapshots to Sentry, or to whatever takes its envelopes. */
package io.plumbline.exporters.sentry;
