package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.config.wire.ProbeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Sets, changes and removes probes at random, as the control thread does. */
final class ProbeChurn {
    private static final int MOST_PROBES = 150;
    private static final int MOST_CHANGES = 12;
    private static final int CALLS = 3;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Weaver weaver;
    private final List<String> types;
    private final Random random;
    private final Map<String, ArmedProbe> running = new LinkedHashMap<>();
    private final Map<String, CountingTap> taps = new HashMap<>();
    private long made;
    private long changed;
    private long removed;
    private long turns;

    /** Counts instead of remembering. */
    private static final class CountingTap extends WeaveFixture.RecordingTap {
        private final LongAdder hits = new LongAdder();

        @Override
        void event(String event) {
            hits.increment();
        }
    }

    ProbeChurn(Weaver weaver, List<String> types, long seed) {
        this.weaver = weaver;
        this.types = types;
        this.random = new Random(seed);
    }

    /** Some changes at once, then what the control thread does between two. */
    void turn() {
        turns++;
        Map<String, ArmedProbe> set = new LinkedHashMap<>();
        List<String> gone = new ArrayList<>();
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            change(set, gone);
        }
        weaver.apply(set.values(), gone);
        gone.forEach(weaver::forget);
        weaver.notice();
        running.values().forEach(armed -> weaver.standing(armed.probe()));
        if (random.nextInt(20) == 0) {
            weaver.lines("request", "instance", any(types));
        }
    }

    private void change(Map<String, ArmedProbe> set, List<String> gone) {
        boolean isFull = running.size() >= MOST_PROBES;
        int choice = random.nextInt(isFull ? 6 : 10);
        if (choice >= 6 || running.isEmpty()) {
            set("p" + made++, set);
        } else if (choice >= 3) {
            changed++;
            set(any(List.copyOf(running.keySet())), set);
        } else {
            String id = any(List.copyOf(running.keySet()));
            if (!set.containsKey(id)) {
                removed++;
                gone.add(id);
                running.remove(id);
                taps.remove(id);
            }
        }
    }

    private void set(String id, Map<String, ArmedProbe> set) {
        int line = MadeClasses.FIRST_LINE + random.nextInt(MadeClasses.LAST_LINE - MadeClasses.FIRST_LINE + 1);
        String at = any(types) + ":" + line;
        ArmedProbe before = running.get(id);
        if (before != null && random.nextBoolean()) {
            at = before.probe().location().toString();
        }
        set(id, at, random.nextBoolean() ? "if: a > 0, count: n" : "log: '{a}'", set);
    }

    private void set(String id, String at, String rest, Map<String, ArmedProbe> set) {
        CountingTap tap = new CountingTap();
        ArmedProbe armed = WeaveFixture.armed("{id: %s, at: '%s', %s}".formatted(id, at, rest), tap);
        taps.put(id, tap);
        running.put(id, armed);
        set.put(id, armed);
    }

    private String any(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** Every probe is in every class of its name and counts each call, also where nobody looks again by hand. */
    void assertAllRight(ClassChurn classes) {
        Map<String, Long> copies = classes.survivors().stream()
                .collect(Collectors.groupingBy(ClassChurn.Made::name, Collectors.counting()));
        awaitSites(copies);
        taps.values().forEach(tap -> tap.hits.reset());

        classes.callAll(CALLS);

        running.forEach((id, armed) -> assertThat(taps.get(id).hits.sum())
                .as("hits of %s", armed.probe().location())
                .isEqualTo(CALLS * copies.getOrDefault(armed.probe().location().type(), 0L)));
    }

    private void awaitSites(Map<String, Long> copies) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (ArmedProbe armed : running.values()) {
            long wanted = copies.getOrDefault(armed.probe().location().type(), 0L);
            while (installed(armed) != wanted && System.nanoTime() < deadline) {
                System.gc(); // classes of dropped loaders have sites until they are collected
                weaver.notice();
            }
            assertThat(installed(armed))
                    .as("sites of %s: %s", armed.probe().location(), weaver.standing(armed.probe()))
                    .isEqualTo(wanted);
        }
    }

    private long installed(ArmedProbe armed) {
        return weaver.standing(armed.probe()).sites().stream()
                .filter(site -> site.state() == ProbeState.INSTALLED)
                .count();
    }

    void removeAll() {
        List<String> all = List.copyOf(running.keySet());
        weaver.apply(List.of(), all);
        all.forEach(weaver::forget);
        weaver.notice();
    }

    /** No class has a call of the agent's left. */
    void assertNoneLeft(ClassChurn classes) {
        taps.values().forEach(tap -> tap.hits.reset());
        classes.callAll(1);

        assertThat(taps.values().stream().mapToLong(tap -> tap.hits.sum()).sum())
                .isZero();
        for (ClassChurn.Made made : classes.survivors()) {
            assertThat(bytes(made.call().getClass()))
                    .as(made.name())
                    .doesNotContain("io/plumbline/agent/bridge/Bridge");
        }
    }

    /** The class file that the JVM runs, as text that has its constants in it. */
    private static String bytes(Class<?> type) {
        return new String(ClassBytes.of(type), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return "%d made, %d changed, %d removed in %d turns, %d there"
                .formatted(made, changed, removed, turns, running.size());
    }
}
