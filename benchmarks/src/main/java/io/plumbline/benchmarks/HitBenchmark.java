package io.plumbline.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Blackhole;

/**
 * One call of {@link Shop#price}: as it is, with a line written by hand, with a probe. What a line or a hit costs is the
 * difference to {@link #nothing}; {@link Run} takes it.
 *
 * <p>Logging is measured in bursts, each after a pause in which the threads behind the queues catch up: in an endless
 * loop every logger only shows how fast its writer is. No record is lost on either side.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HitBenchmark {
    static final int BURST = 64;

    /** What one thread works on. */
    @State(Scope.Thread)
    public static class Orders {
        private static final int COUNT = 64;
        private final Order[] orders = new Order[COUNT];
        private int at;

        @Setup
        public void make() {
            for (int i = 0; i < COUNT; i++) {
                orders[i] = Order.number(i);
            }
        }

        Order next() {
            return orders[at++ & (COUNT - 1)];
        }
    }

    /** The libraries that lines are written with. */
    @State(Scope.Benchmark)
    public static class Written {
        ByHand shop;

        @Setup
        public void open() {
            shop = new ByHand();
        }

        @TearDown
        public void close() {
            shop.close();
        }
    }

    /** The probe that the benchmark's name tells. */
    @State(Scope.Benchmark)
    public static class Probed {
        ProbedShop shop;

        @Setup
        public void open(BenchmarkParams params) {
            open(params.getBenchmark());
        }

        void open(String benchmark) {
            shop = new ProbedShop(Question.of(benchmark));
        }

        @TearDown
        public void close() {
            shop.requireProbed();
            shop.close();
        }
    }

    /** Pauses before each burst. */
    @State(Scope.Thread)
    public static class Pause {
        private static final long NANOS = 50_000;

        @Setup(Level.Invocation)
        public void pause() {
            LockSupport.parkNanos(NANOS);
        }
    }

    /** Pauses until two threads' bursts fit into Logback's queue without any record being dropped. */
    @State(Scope.Thread)
    public static class LogbackPause {
        @Setup(Level.Invocation)
        public void pause(Written written) {
            do {
                LockSupport.parkNanos(Pause.NANOS);
            } while (written.shop.waitingLogs() > BURST);
        }
    }

    /** Pauses until half of the agent's ring is free. */
    @State(Scope.Thread)
    public static class RingPause {
        private static final int MAX_WAITING = 2_048;

        @Setup(Level.Invocation)
        public void pause(Probed probed) {
            do {
                LockSupport.parkNanos(Pause.NANOS);
            } while (probed.shop.waitingLogs() > MAX_WAITING);
        }
    }

    /** Pauses until half of the agent's snapshots are free. */
    @State(Scope.Thread)
    public static class PoolPause {
        private static final int MAX_WAITING = 128;

        @Setup(Level.Invocation)
        public void pause(Probed probed) {
            do {
                LockSupport.parkNanos(Pause.NANOS);
            } while (probed.shop.waitingLogs() > MAX_WAITING);
        }
    }

    /** Waits for the next of fifty thousand moments in a second; awake, so that only the hit's own code is cold. */
    @State(Scope.Thread)
    public static class Tick {
        private static final long NANOS = 20_000;
        private long next = System.nanoTime();

        @Setup(Level.Invocation)
        public void await() {
            long now = System.nanoTime();
            next = Math.max(next + NANOS, now - NANOS);
            while (System.nanoTime() - next < 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Benchmark
    public double nothing(Orders orders) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double conditionByHand(Orders orders, Written written) {
        return written.shop.condition(orders.next());
    }

    @Benchmark
    public double conditionByProbe(Orders orders, Probed probed) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double countByLongAdder(Orders orders, Written written) {
        return written.shop.countByLongAdder(orders.next());
    }

    @Benchmark
    public double countByMicrometer(Orders orders, Written written) {
        return written.shop.countByMicrometer(orders.next());
    }

    @Benchmark
    public double countByProbe(Orders orders, Probed probed) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double labelByMicrometer(Orders orders, Written written) {
        return written.shop.labelByMicrometer(orders.next());
    }

    @Benchmark
    public double labelByOpenTelemetry(Orders orders, Written written) {
        return written.shop.labelByOpenTelemetry(orders.next());
    }

    @Benchmark
    public double labelByProbe(Orders orders, Probed probed) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double histogramByOpenTelemetry(Orders orders, Written written) {
        return written.shop.histogram(orders.next());
    }

    @Benchmark
    public double histogramByProbe(Orders orders, Probed probed) {
        return Shop.price(orders.next());
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void nothingInBursts(Orders orders, Pause pause, Blackhole hole) {
        for (int i = 0; i < BURST; i++) {
            hole.consume(Shop.price(orders.next()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void logByLogback(Orders orders, Written written, LogbackPause pause, Blackhole hole) {
        for (int i = 0; i < BURST; i++) {
            hole.consume(written.shop.log(orders.next()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void logByProbe(Orders orders, Probed probed, RingPause pause, Blackhole hole) {
        for (int i = 0; i < BURST; i++) {
            hole.consume(Shop.price(orders.next()));
        }
    }

    @Benchmark
    public double logOverCapByProbe(Orders orders, Probed probed) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double conditionTrueByHand(Orders orders, Written written) {
        return written.shop.conditionTrue(orders.next());
    }

    @Benchmark
    public double conditionTrueByProbe(Orders orders, Probed probed) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double disabledByProbe(Orders orders, Probed probed) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double outOfCreditByProbe(Orders orders, Probed probed) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double surgeByProbe(Orders orders, Probed probed) {
        return Shop.price(orders.next());
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void snapshotByProbe(Orders orders, Probed probed, PoolPause pause, Blackhole hole) {
        for (int i = 0; i < BURST; i++) {
            hole.consume(Bill.of(orders.next()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void snapshotWithStackByProbe(Orders orders, Probed probed, PoolPause pause, Blackhole hole) {
        for (int i = 0; i < BURST; i++) {
            hole.consume(Bill.of(orders.next()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void spanByOpenTelemetry(Orders orders, Written written, Pause pause, Blackhole hole) {
        for (int i = 0; i < BURST; i++) {
            hole.consume(written.shop.span(orders.next()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void pointByProbe(Orders orders, Probed probed, RingPause pause, Blackhole hole) {
        for (int i = 0; i < BURST; i++) {
            hole.consume(Shop.price(orders.next()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void declinedInBursts(Orders orders, Pause pause, Blackhole hole) {
        for (int i = 0; i < BURST; i++) {
            hole.consume(Payment.of(orders.next()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void exceptionByLogback(Orders orders, Written written, LogbackPause pause, Blackhole hole) {
        for (int i = 0; i < BURST; i++) {
            hole.consume(written.shop.exception(orders.next()));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void exceptionByProbe(Orders orders, Probed probed, PoolPause pause, Blackhole hole) {
        for (int i = 0; i < BURST; i++) {
            hole.consume(Payment.of(orders.next()));
        }
    }

    @Benchmark
    public double steadyNothing(Orders orders, Tick tick) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double steadyCountByMicrometer(Orders orders, Written written, Tick tick) {
        return written.shop.countByMicrometer(orders.next());
    }

    @Benchmark
    public double steadyCountByProbe(Orders orders, Probed probed, Tick tick) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double steadyHistogramByOpenTelemetry(Orders orders, Written written, Tick tick) {
        return written.shop.histogram(orders.next());
    }

    @Benchmark
    public double steadyHistogramByProbe(Orders orders, Probed probed, Tick tick) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double steadyLogByLogback(Orders orders, Written written, Tick tick) {
        return written.shop.log(orders.next());
    }

    @Benchmark
    public double steadyLogByProbe(Orders orders, Probed probed, Tick tick) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double steadySpanByOpenTelemetry(Orders orders, Written written, Tick tick) {
        return written.shop.span(orders.next());
    }

    @Benchmark
    public double steadyPointByProbe(Orders orders, Probed probed, Tick tick) {
        return Shop.price(orders.next());
    }

    @Benchmark
    public double steadySnapshotByProbe(Orders orders, Probed probed, Tick tick) {
        return Bill.of(orders.next());
    }
}
