package io.plumbline.exporters.prometheus;

/** A point that cannot be exposed beside those that are there already. The message is the reason for people. */
final class UnfitPointException extends Exception {

    private static final long serialVersionUID = 1L;

    UnfitPointException(String message) {
        super(message, null, false, false);
    }
}
