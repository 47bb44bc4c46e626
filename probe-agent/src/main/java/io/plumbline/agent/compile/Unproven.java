package io.plumbline.agent.compile;

/**
 * Thrown at a hit where the receiver's real class has no such member or none that changes nothing. It is made once for
 * each class met and thrown without a stack trace. A null pointer exception by kind, as both make the expression null.
 */
final class Unproven extends NullPointerException {
    private static final long serialVersionUID = 1L;

    Unproven(String reason) {
        super(reason);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
