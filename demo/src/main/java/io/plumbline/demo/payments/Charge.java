package io.plumbline.demo.payments;

/** Money that was taken from a card. */
record Charge(String id, String orderId, String customerId, String cardLastFour, long cents, int riskScore) {}
