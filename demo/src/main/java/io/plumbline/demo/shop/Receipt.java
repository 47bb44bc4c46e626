package io.plumbline.demo.shop;

/** The answer of payments to a charge. */
record Receipt(String chargeId, long cents) {}
