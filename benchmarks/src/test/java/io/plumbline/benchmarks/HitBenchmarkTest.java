package io.plumbline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.infra.Blackhole;

/** Every benchmark runs once, and its probe sees exactly the hits that there were. */
class HitBenchmarkTest {
    private static final String TODAYS_PASSWORD =
            "Today's password is swordfish. I understand instantiating Blackholes" + " directly is dangerous.";

    private final HitBenchmark.Orders orders = new HitBenchmark.Orders();

    static Stream<String> byProbe() {
        return methods()
                .map(Method::getName)
                .filter(name -> name.endsWith("ByProbe"))
                .filter(name -> !name.equals("disabledByProbe") && !name.equals("outOfCreditByProbe"));
    }

    static Stream<String> byHand() {
        return methods().map(Method::getName).filter(name -> !name.endsWith("ByProbe"));
    }

    @ParameterizedTest
    @MethodSource("byProbe")
    void probe_seesEveryHit(String name) throws ReflectiveOperationException {
        HitBenchmark.Probed probed = new HitBenchmark.Probed();
        probed.open(name);
        long warm = probed.shop.hits();
        long expected = warm + (name.equals("conditionByProbe") ? 0 : calls(name));

        call(name, probed);
        long hits = probed.shop.hits();
        probed.close();

        assertThat(hits).isEqualTo(expected);
        assertThat(probed.shop.hits()).as("with the one that close adds").isEqualTo(expected + 1);
        assertThat(probed.shop.signals()).isEqualTo(expected + 1);
    }

    @Test
    void condition_isTrueForTheHugeOrderOnly() {
        try (ProbedShop shop = new ProbedShop(Question.CONDITION)) {
            Shop.price(Order.number(1));
            Shop.price(Order.HUGE);

            assertThat(shop.signals()).isEqualTo(1);
        }
    }

    @Test
    void disabled_takesNothing() {
        try (ProbedShop shop = new ProbedShop(Question.DISABLED)) {
            Shop.price(Order.number(1));

            assertThat(shop.hits()).as("the one before it was closed").isEqualTo(1);
        }
    }

    @Test
    void outOfCredit_shuts() {
        try (ProbedShop shop = new ProbedShop(Question.OUT_OF_CREDIT)) {
            for (int i = 0; i < 100_000; i++) {
                Shop.price(Order.number(1));
            }

            assertThat(shop.waitingLogs() + shop.signals()).isLessThan(1_000);
        }
    }

    @Test
    void close_givesTheOriginalBytecodeBack() {
        ProbedShop shop = new ProbedShop(Question.COUNT);
        shop.close();

        Shop.price(Order.number(1));

        assertThat(shop.hits()).isZero();
    }

    @ParameterizedTest
    @MethodSource("byHand")
    void lineByHand_runs(String name) throws ReflectiveOperationException {
        HitBenchmark.Written written = new HitBenchmark.Written();
        written.open();

        call(name, written);

        assertThat(written.shop.writtenLogs("order ")).isEqualTo(name.endsWith("ByLogback") ? calls(name) : 0);
        written.close();
    }

    @Test
    void table_showsEveryBenchmark() {
        Set<String> shown = new TreeSet<>(Set.of("nothing", "nothingInBursts", "declinedInBursts", "steadyNothing"));
        Comparison.ALL.forEach(row -> shown.addAll(Set.of(row.byHand(), row.byProbe())));

        assertThat(methods().map(Method::getName)).containsExactlyInAnyOrderElementsOf(shown);
    }

    private static Stream<Method> methods() {
        return Arrays.stream(HitBenchmark.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .sorted(Comparator.comparing(Method::getName));
    }

    private static Method method(String name) {
        return methods()
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long calls(String name) {
        OperationsPerInvocation per = method(name).getAnnotation(OperationsPerInvocation.class);
        return per == null ? 1 : per.value();
    }

    /** Calls a benchmark with its states; a pause needs no set-up here. */
    private void call(String name, Object state) throws ReflectiveOperationException {
        orders.make();
        Method method = method(name);
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            if (type.isInstance(orders)) {
                arguments[i] = orders;
            } else if (type.isInstance(state)) {
                arguments[i] = state;
            } else if (type == Blackhole.class) {
                arguments[i] = new Blackhole(TODAYS_PASSWORD);
            }
        }
        method.invoke(new HitBenchmark(), arguments);
    }
}
