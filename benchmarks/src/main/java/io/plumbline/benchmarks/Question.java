package io.plumbline.benchmarks;

import io.plumbline.agent.capture.gate.Budgets;
import java.util.Locale;

/** The probes that are measured, as a person would write them, at {@link Shop#LINE} or {@link Bill#LINE}. */
enum Question {
    /** Never true for the orders that are measured. */
    CONDITION("{if: total > 1000000, count: {name: shop.implausible}}"),
    COUNT("{count: {name: shop.orders}}"),
    LABEL("{count: {name: shop.orders.by.tier, labels: {tier: order.tier}}}"),
    /** With the buckets that OpenTelemetry takes by default. */
    HISTOGRAM("{histogram: {name: shop.total, value: total,"
            + " buckets: [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000]}}"),
    /** With a cap that nothing reaches. */
    LOG("{log: 'order {order.id} costs {total}', limits: {per-second: 10000000}}"),
    LOG_OVER_CAP("{log: 'order {order.id} costs {total}', limits: {per-second: 1000}}"),
    /** True for every order that is measured. */
    CONDITION_TRUE("{if: total > -1, count: {name: shop.plausible}}"),
    /** Closed before it is measured. */
    DISABLED("{log: 'order {order.id} costs {total}'}"),
    /** With a budget so small that the gate is shut nearly all the time. */
    OUT_OF_CREDIT("{log: 'order {order.id} costs {total}'}"),
    /** As a person would set it, with the agent's own budgets. */
    SURGE("{log: 'order {order.id} costs {total}'}"),
    /** With a cap that nothing reaches. */
    SNAPSHOT("{snapshot: {stack: 0}, limits: {per-second: 10000000}}"),
    SNAPSHOT_WITH_STACK("{snapshot: true, limits: {per-second: 10000000}}"),
    /** With a cap that nothing reaches. The other point is never passed. */
    POINT("{span: {by: order.id, points: {A: '" + Shop.class.getName() + ":" + Shop.LINE + "', B: '"
            + Bill.class.getName() + ":" + Bill.LINE + "'}}, limits: {per-second: 10000000}}"),
    /** With a cap that nothing reaches. */
    EXCEPTION("{exception: true, limits: {per-second: 10000000}}");

    private static final Budgets PLENTY = new Budgets(10_000, 10_000, 10_000, 10_000_000, 10_000_000);
    private final String rest;

    Question(String rest) {
        this.rest = rest;
    }

    /** The probe in YAML. */
    String yaml() {
        String at = this == POINT ? "" : "at: '" + place() + "', ";
        return "{id: " + name().toLowerCase(Locale.ROOT).replace('_', '-') + ", " + at + rest.substring(1);
    }

    private String place() {
        if (this == EXCEPTION) {
            return Payment.PLACE;
        }
        return isSnapshot() ? Bill.class.getName() + ":" + Bill.LINE : Shop.class.getName() + ":" + Shop.LINE;
    }

    /** What it may cost: nothing stands in its way, unless that is what is measured. */
    Budgets budgets() {
        return switch (this) {
            case SURGE -> Budgets.DEFAULT;
            case OUT_OF_CREDIT -> new Budgets(0.000_1, 0.000_1, 2, 10_000, 10_000);
            default -> PLENTY;
        };
    }

    /** Runs the line that the probe sits at. */
    double hit(Order order) {
        if (this == EXCEPTION) {
            return Payment.of(order);
        }
        return isSnapshot() ? Bill.of(order) : Shop.price(order);
    }

    /** Whether every hit leaves a record. */
    boolean isRecorded() {
        return this == LOG || this == POINT || this == EXCEPTION || isSnapshot();
    }

    private boolean isSnapshot() {
        return name().startsWith("SNAPSHOT");
    }

    /** The probe that a benchmark method wants; its name ends so: {@code logOverCapByProbe} is {@link #LOG_OVER_CAP}, and {@code steadyLogByProbe} is {@link #LOG}. */
    static Question of(String benchmark) {
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        String name = method.substring(0, method.lastIndexOf("ByProbe")).replaceFirst("^steady(.)", "$1");
        return valueOf(name.replaceAll("(?<=.)([A-Z])", "_$1").toUpperCase(Locale.ROOT));
    }
}
