package io.plumbline.demo.shop;

/** What the shop has sold since it started: the sum of its customers' confirmations. */
record Sales(long orders, long cents) {}
