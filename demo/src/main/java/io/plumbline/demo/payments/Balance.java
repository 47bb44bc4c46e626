package io.plumbline.demo.payments;

/** What was taken from all cards since payments started. */
record Balance(long charges, long cents) {}
