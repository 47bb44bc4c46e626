package io.plumbline.pipeline.stream;

import java.util.Locale;

/**
 * Why a signal did not reach its backend. All but {@link #UNSUPPORTED} are kept as dead letters, under the words of {@link
 * io.plumbline.config.wire.DeadLetter#CAUSES}.
 */
enum LossCause {
    /** The record is no OTLP; counted as one. */
    MALFORMED,
    /** A point of a type that exporters are not given (delta, summary, exponential histogram). */
    UNSUPPORTED,
    /** The backend will never take it. */
    REJECTED,
    /** Too large for the backend even by itself. */
    TOO_LARGE,
    /** The exporter fails on it again and again. */
    DEFECT;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
