package io.plumbline.demo.shop;

/** Payments could not be reached, or refused the charge. */
final class PaymentFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PaymentFailedException(String message) {
        super(message);
    }

    PaymentFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
