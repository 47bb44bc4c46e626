package io.plumbline.agent.weave;

/** A class can't be given any probe's call, for what its loader or this JVM allows. The message is a sentence for people. */
final class UnlinkableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnlinkableException(String reason) {
        super(reason);
    }

    UnlinkableException(String reason, Throwable cause) {
        super(reason + ": " + cause, cause);
    }
}
