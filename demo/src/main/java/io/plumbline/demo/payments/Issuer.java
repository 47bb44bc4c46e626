package io.plumbline.demo.payments;

import java.util.concurrent.TimeUnit;

/** The bank that issued a card. It always agrees, and takes its time; this stand-in waits as long as a real one would. */
final class Issuer {
    private static final int ANSWER_MILLIS = 150;

    /** Whether the bank stands by the charge. */
    boolean confirms(Card card, long cents) {
        try {
            TimeUnit.MILLISECONDS.sleep(ANSWER_MILLIS);
            return !card.issuer().isEmpty() && cents > 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
