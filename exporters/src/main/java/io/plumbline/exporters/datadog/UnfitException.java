package io.plumbline.exporters.datadog;

/** A signal that Datadog will never take, and why. */
final class UnfitException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
        super(message);
    }
}
