package io.plumbline.benchmarks;

import com.sun.management.ThreadMXBean;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.bridge.Bridge;
import io.plumbline.agent.capture.Capture;
import io.plumbline.agent.capture.gate.Budgets;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.agent.weave.Weaver;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.text.YamlText;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * One JVM of {@link FirstHit}: sets ten probes of a kind, one after the other, and runs into each as the first thread that does. Probes
 * are set on a thread of their own, as the agent's control thread does.
 */
public final class FirstHitFork {
    /** How a line of figures begins: then which probe it is, nanoseconds and bytes of its first hit and of its second. */
    static final String MARK = "hit ";

    /** What the agent does in the background when a probe was set is over. */
    private static final long SETTLE_MILLIS = 700;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WITHOUT = 50;

    private final Order order = Order.number(1);
    private final Capture capture;
    private final Weaver weaver;
    private double sum;

    private FirstHitFork() {
        Redaction redaction = Redaction.standard();
        capture = new Capture(
                redaction,
                Budgets.DEFAULT,
                Resource.create(Attributes.empty()),
                ProbedShop::open,
                ByteBuddyAgent.install()::getAllLoadedClasses);
        weaver = new Weaver(ByteBuddyAgent.install(), new HitCompiler(ProbedShop::open, redaction), capture.specials());
        Bridge.install(weaver.linker());
    }

    /**
     * @param args what each probe asks, as a person writes it; {@code NAME} in it becomes the method's
     */
    public static void main(String[] args) throws Exception {
        ExecutorService control = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "control");
            thread.setDaemon(true);
            return thread;
        });
        FirstHitFork fork = control.submit(FirstHitFork::new).get();
        control.submit(fork::rehearse).get();
        for (int i = 0; i < FirstHitLines.ALL.size(); i++) {
            String name = FirstHitLines.NAMES.get(i);
            ToDoubleFunction<Order> line = FirstHitLines.ALL.get(i);
            for (int j = 0; j < WITHOUT; j++) {
                fork.hit(line); // the program ran before, and so did this measurement
            }
            String probe = "{id: hit-" + i + ", " + args[0].replace("NAME", name) + "}";
            control.submit(() -> fork.set(probe)).get();
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            System.out.println("hit " + (i + 1) + " " + fork.hit(line) + " " + fork.hit(line));
        }
    }

    /** As the agent does when it has reached Kafka. */
    private void rehearse() {
        weaver.rehearse(armed(ProbeReader.wire("{\"id\": \"self-test\", \"at\": \"Subject:1\", \"if\": \"total > 1\","
                + " \"count\": [{\"name\": \"n\", \"labels\": {\"name\": \"name.trim()\"}}],"
                + " \"histogram\": [{\"name\": \"h\", \"value\": \"total / quantity\"}]}")));
    }

    private void set(String yaml) {
        Probe probe = ProbeReader.written(YamlText.read(yaml, "probe").get(0), Clock.systemUTC())
                .parts()
                .get(0);
        capture.look();
        Capture.Prepared prepared = capture.prepare(probe);
        capture.use(prepared);
        weaver.apply(List.of(new ArmedProbe(probe, prepared.tap(), prepared.sinks())), List.of());
        weaver.notice();
    }

    private ArmedProbe armed(Probe probe) {
        Capture.Prepared prepared = capture.prepare(probe);
        return new ArmedProbe(probe, prepared.tap(), prepared.sinks());
    }

    /** Nanoseconds and bytes. */
    private String hit(ToDoubleFunction<Order> line) {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        sum += line.applyAsDouble(order);
        long nanos = System.nanoTime() - start;
        return nanos + " " + (THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }
}
