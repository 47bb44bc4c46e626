package io.plumbline.demo.payments;

/** Rates how likely a charge is a fraud, from 0 to 100. Slow only where the issuer has to be asked. */
final class RiskCheck {
    private static final int SUSPICIOUS = 50;
    private static final long LARGE_CENTS = 100_000;

    private final Issuer issuer;

    RiskCheck(Issuer issuer) {
        this.issuer = issuer;
    }

    /** {@code earlierCharges} counts those for the same order. */
    int score(Card card, long cents, int earlierCharges) {
        int score = cents > LARGE_CENTS ? 30 : 10;
        if (earlierCharges > 0) {
            score += 40;
        }
        if (score >= SUSPICIOUS && !issuer.confirms(card, cents)) {
            throw new ChargeRefusedException("card " + card.lastFour() + " refused by its issuer");
        }
        return score;
    }
}
