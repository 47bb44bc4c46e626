package io.plumbline.config.probe;

import io.plumbline.config.expression.Code;
import io.plumbline.config.expression.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Probes of every kind but span, the same ones for the same seed. */
public final class RandomProbes {
    private static final List<String> TEXTS = List.of("", "ms", "a \"quoted\" text", "ünï\ncode 🎉", "#!: {}[]");
    private static final List<String> CODES = List.of("a", "a + \"}\\n\"", "order.total > 100", "'\\''", "x ? 1 : 2");

    private final Random random;

    public RandomProbes(long seed) {
        random = new Random(seed);
    }

    /** Another one. */
    public Probe next() {
        List<Action> actions = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            actions.add(new Action.Log(
                    Template.parse("x {" + pick(CODES) + "} {{"),
                    pick(List.of(Severity.values())),
                    pick(List.of(
                            Optional.empty(),
                            Optional.of(LogBeside.PLAIN),
                            Optional.of(new LogBeside(Optional.of("audit.trail"), random.nextBoolean()))))));
        }
        if (random.nextBoolean()) {
            actions.add(new Action.Snapshot(labels(), random.nextBoolean(), captureBounds()));
        }
        if (random.nextBoolean()) {
            actions.add(new Action.Exceptions(random.nextBoolean(), labels(), random.nextBoolean(), captureBounds()));
        }
        if (random.nextBoolean()) {
            actions.add(new Action.Count(
                    "c." + random.nextInt(9), pick(TEXTS), pick(TEXTS), labels(), value(), random.nextBoolean()));
        }
        if (random.nextBoolean()) {
            actions.add(new Action.Gauge(
                    "g", pick(TEXTS), pick(TEXTS), labels(), Optional.of(Code.parse("a")), random.nextBoolean()));
        }
        if (random.nextBoolean()) {
            actions.add(new Action.Histogram(
                    "h", "", "", labels(), Optional.of(Code.parse("a")), bounds(), random.nextBoolean()));
        }
        return with(actions);
    }

    /** One with these actions. */
    Probe with(List<Action> actions) {
        return new Probe(
                "id-" + random.nextInt(1_000),
                1 + random.nextInt(1_000),
                location(),
                value(),
                actions,
                targets(),
                random.nextBoolean()
                        ? Limits.DEFAULT
                        : new Limits(
                                random.nextInt(3),
                                random.nextInt(3),
                                1 + random.nextInt(100),
                                random.nextInt(400) / 4.0,
                                random.nextBoolean() ? Limits.OverBudget.SAMPLE : Limits.OverBudget.DISABLE,
                                0),
                Instant.ofEpochMilli(random.nextInt(Integer.MAX_VALUE)),
                random.nextBoolean() ? Instant.MAX : Instant.ofEpochMilli(random.nextInt(Integer.MAX_VALUE)),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new Rollout(
                                1 + random.nextInt(9),
                                (1 + random.nextInt(400)) / 4.0,
                                Duration.ofSeconds(1 + random.nextInt(3_600)),
                                (1 + random.nextInt(400)) / 4.0,
                                1 + random.nextInt(900))),
                random.nextBoolean() ? Recipients.ALL : new Recipients(List.of("errors", "audit-2")),
                marks());
    }

    private Targets targets() {
        Map<String, List<String>> labels = random.nextBoolean()
                ? Map.of()
                : Map.of(
                        "service",
                        List.of(pick(TEXTS)),
                        "environment",
                        List.of("staging", "q a,*"),
                        "pid",
                        List.of("7"));
        return new Targets(
                labels, random.nextBoolean() ? 100 : (1 + random.nextInt(400)) / 4.0, random.nextInt(3) == 0);
    }

    private Marks marks() {
        return random.nextBoolean()
                ? Marks.NONE
                : new Marks(
                        random.nextBoolean() ? List.of() : List.of("checkout", "incident-42"),
                        random.nextBoolean() ? Optional.empty() : Optional.of("shop/probes"),
                        random.nextBoolean());
    }

    private Optional<Code> value() {
        return random.nextBoolean() ? Optional.empty() : Optional.of(Code.parse(pick(CODES)));
    }

    private Map<String, Code> labels() {
        Map<String, Code> labels = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            labels.put("l" + i, Code.parse(pick(CODES)));
        }
        return labels;
    }

    private CaptureBounds captureBounds() {
        return random.nextBoolean()
                ? CaptureBounds.DEFAULT
                : new CaptureBounds(
                        random.nextInt(11),
                        1 + random.nextInt(1_000),
                        1 + random.nextInt(10_000),
                        1 + random.nextInt(65_536),
                        1_024 + random.nextInt(100_000),
                        1 + random.nextInt(100),
                        random.nextInt(257));
    }

    private List<Double> bounds() {
        if (random.nextBoolean()) {
            return Action.Histogram.DEFAULT_BOUNDS;
        }
        List<Double> bounds = new ArrayList<>();
        double bound = random.nextGaussian();
        for (int i = random.nextInt(20); i >= 0; i--) {
            bounds.add(bound);
            bound += random.nextDouble() * 1_000 + 1e-9;
        }
        return bounds;
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private Location location() {
        String type = pick(List.of("shop.Order$Line", "Order.java", "Order"));
        String spot = pick(List.of(
                ":" + (1 + random.nextInt(65_535)),
                "#place",
                "#place(String,int[]):exit",
                "#lambda$place$0:17",
                "#<init>:exception(java.io.IOException)",
                ":throw",
                "#place:catch(IOException)"));
        return Location.parse(type + spot);
    }
}
