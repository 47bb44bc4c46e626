package io.plumbline.agent.compile;

/** A probe can't run at a site. The message is a sentence for the person who set it. */
public final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RejectedException(String message) {
        super(message);
    }

    public RejectedException(String message, Throwable cause) {
        super(message, cause);
    }
}
