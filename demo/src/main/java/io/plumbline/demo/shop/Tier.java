package io.plumbline.demo.shop;

/** How well the shop knows a customer: the discount on every order, and the points for every euro paid. */
enum Tier {
    STANDARD(0.0, 0),
    SILVER(0.03, 1),
    GOLD(0.10, 3);

    private final double discount;
    private final int pointsPerEuro;

    Tier(double discount, int pointsPerEuro) {
        this.discount = discount;
        this.pointsPerEuro = pointsPerEuro;
    }

    /** A share: 0.1 is ten per cent. */
    double discount() {
        return discount;
    }

    int pointsPerEuro() {
        return pointsPerEuro;
    }
}
