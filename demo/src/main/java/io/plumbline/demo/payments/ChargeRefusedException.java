package io.plumbline.demo.payments;

/** The risk check has turned a charge down. */
final class ChargeRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ChargeRefusedException(String message) {
        super(message);
    }
}
