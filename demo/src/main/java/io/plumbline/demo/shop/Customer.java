package io.plumbline.demo.shop;

/** Someone who has an account with the shop and left a card there. */
record Customer(String id, String name, Tier tier, String cardNumber) {}
