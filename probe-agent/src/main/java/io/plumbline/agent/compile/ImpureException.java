package io.plumbline.agent.compile;

/** A method that is not known to change nothing; the message is the reason as a clause: "writes the field 'x'". */
final class ImpureException extends Exception {
    private static final long serialVersionUID = 1L;

    ImpureException(String reason) {
        super(reason, null, false, false);
    }
}
