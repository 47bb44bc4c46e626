package io.plumbline.demo.payments;

/** A payment card whose number has passed its check digit. */
final class Card {
    private final String number;

    private Card(String number) {
        this.number = number;
    }

    static Card of(String number) {
        if (!number.matches("\\d{12,19}") || !hasCheckDigit(number)) {
            throw new IllegalArgumentException("not the number of a card, ends in " + lastFour(number));
        }
        return new Card(number);
    }

    String lastFour() {
        return lastFour(number);
    }

    /** Issuers are told apart by the first six digits. */
    String issuer() {
        return number.substring(0, 6);
    }

    /** Luhn's formula, ISO/IEC 7812-1 annex B. */
    private static boolean hasCheckDigit(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    private static String lastFour(String number) {
        return number.substring(Math.max(0, number.length() - 4));
    }
}
