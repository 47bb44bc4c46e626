package io.plumbline.demo.payments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {
    private final Card card = Card.of("4111111111111111");
    private final Ledger ledger = new Ledger(new RiskCheck(new Issuer()));

    @Test
    void charge_books() {
        Charge charge = ledger.charge("o-1", "anna", card, 1250);

        assertThat(charge).isEqualTo(new Charge("c-1", "o-1", "anna", "1111", 1250, 10));
        assertThat(ledger.balance()).isEqualTo(new Balance(1, 1250));
    }

    @Test
    void charge_sameAgain_isTheFirst() {
        Charge first = ledger.charge("o-1", "anna", card, 1250);

        assertThat(ledger.charge("o-1", "anna", card, 1250)).isSameAs(first);
        assertThat(ledger.balance()).isEqualTo(new Balance(1, 1250));
    }

    @Test
    void charge_otherPartOfOrder_isRiskier() {
        Charge first = ledger.charge("o-1", "anna", card, 1250);
        Charge second = ledger.charge("o-1", "anna", card, 750);

        assertThat(second.riskScore()).isGreaterThan(first.riskScore());
        assertThat(ledger.balance()).isEqualTo(new Balance(2, 2000));
    }
}
