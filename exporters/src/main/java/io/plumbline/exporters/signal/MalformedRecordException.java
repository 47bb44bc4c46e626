package io.plumbline.exporters.signal;

/** Bytes that are not the OTLP message they should be. The record is a dead letter; no repetition will help. */
public final class MalformedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
