package io.plumbline.agent.capture.beside;

/** The program's own telemetry can't take what a probe has for it; the message says why, and what to do. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }

    /** What a failure says to a person: our own words, or whatever a library threw. */
    static String words(Throwable failure) {
        return failure instanceof RefusedException ? failure.getMessage() : failure.toString();
    }
}
