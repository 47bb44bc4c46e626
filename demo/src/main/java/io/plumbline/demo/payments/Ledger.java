package io.plumbline.demo.payments;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Every charge that was made. A charge that comes again, with the same order and amount, is answered with the one already
 * made; repeats come within seconds, so only the newest charges are remembered. Called by all threads of payments.
 */
final class Ledger {
    private static final int MAX_REMEMBERED = 20_000;

    private final RiskCheck risk;
    private final Map<String, Charge> charges = newestOnly();
    private final Map<String, Integer> chargesOfOrder = newestOnly();
    private final AtomicLong lastId = new AtomicLong();
    private final LongAdder booked = new LongAdder();
    private final LongAdder chargedCents = new LongAdder();

    Ledger(RiskCheck risk) {
        this.risk = risk;
    }

    Charge charge(String orderId, String customerId, Card card, long cents) {
        // An order may be paid in parts, so the amount belongs to the key.
        String key = orderId + "/" + cents;
        Charge known = charges.get(key);
        if (known != null) {
            return known;
        }
        int earlier = chargesOfOrder.getOrDefault(orderId, 0);
        int score = risk.score(card, cents, earlier);
        Charge charge = new Charge("c-" + lastId.incrementAndGet(), orderId, customerId, card.lastFour(), cents, score);
        return book(key, charge);
    }

    Balance balance() {
        return new Balance(booked.sum(), chargedCents.sum());
    }

    private Charge book(String key, Charge charge) {
        Charge winner = charges.putIfAbsent(key, charge);
        if (winner != null) {
            return winner;
        }
        chargesOfOrder.merge(charge.orderId(), 1, Integer::sum);
        booked.increment();
        chargedCents.add(charge.cents());
        return charge;
    }

    private static <V> Map<String, V> newestOnly() {
        return Collections.synchronizedMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MAX_REMEMBERED;
            }
        });
    }
}
