package io.plumbline.agent;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.plumbline.agent.bridge.Bridge;
import io.plumbline.agent.bridge.Guard;
import io.plumbline.agent.capture.Capture;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.agent.control.Controller;
import io.plumbline.agent.control.Instance;
import io.plumbline.agent.control.OffFile;
import io.plumbline.agent.send.Holding;
import io.plumbline.agent.send.Outbox;
import io.plumbline.agent.send.SendLoop;
import io.plumbline.agent.weave.Weaver;
import io.plumbline.config.redaction.Redaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The agent's composition root: reads the settings, builds the graph, starts two daemon threads (control and send), and
 * returns. Nothing of it touches the network on the thread that starts the application.
 */
public final class PlumblineAgent {
    /** Holds the instance's id while an agent runs in this JVM; tells tools that one is there. */
    static final String INSTANCE_PROPERTY = "plumbline.instance";

    private static final long MAX_BUFFERED_BYTES = 8L << 20;

    private PlumblineAgent() {}

    /**
     * Starts the agent. Called by the boot class, by reflection. Settings are read first, so that what is wrong in them is
     * said before the program begins.
     *
     * @param failure told on another thread when the start fails after this has returned; null to wait for the end of it
     * @throws IllegalArgumentException when a setting can't be used
     */
    public static void start(String arguments, Instrumentation instrumentation, Consumer<Throwable> failure) {
        AgentSettings settings = AgentSettings.read(arguments);
        ThreadGroup threads = new ThreadGroup("plumbline");
        Guard.spare(threads);
        Runnable build = () -> build(settings, instrumentation);
        if (failure == null) {
            GroupStart.run(threads, build);
        } else {
            GroupStart.begin(threads, build, failure);
        }
    }

    private static void build(AgentSettings settings, Instrumentation instrumentation) {
        AgentLog log = AgentLog.to(settings.settings().text("plumbline.log"));
        Instance instance = Instance.here(settings.settings());
        Redaction redaction = settings.redaction();
        Capture capture = new Capture(
                redaction,
                settings.budgets(),
                resource(instance),
                settings.clock(instance.id()),
                type -> open(instrumentation, type),
                instrumentation::getAllLoadedClasses);
        Outbox outbox = new Outbox(MAX_BUFFERED_BYTES);
        Map<String, Object> client = settings.kafkaClient();
        Holding holding = new Holding(instance.id(), outbox);
        SendLoop sending = new SendLoop(
                source(capture, holding),
                outbox,
                client,
                "plumbline-send-" + instance.id(),
                settings.metricsInterval(),
                log);
        HitCompiler compiler = new HitCompiler(type -> open(instrumentation, type), redaction);
        Weaver weaver = new Weaver(instrumentation, compiler, capture.specials());
        LocalProbing probing =
                new LocalProbing(weaver, capture, sending, holding, targets -> targets.match(instance.labels()), log);
        Controller controller = new Controller(
                instance,
                version(),
                probing,
                outbox::report,
                new OffFile(settings.offFile()),
                new HeldHits(holding),
                client,
                settings.trustedKeys(),
                outbox::dropped,
                log);
        Bridge.install(weaver.linker());
        System.setProperty(INSTANCE_PROPERTY, instance.id());
        System.setProperty(AgentSettings.OFF_FILE, settings.offFile().toString());
        if (closeAtTheEnd(controller, sending)) {
            sending.start();
            controller.start();
        }
    }

    /** False when the program is ending already. */
    private static boolean closeAtTheEnd(Controller controller, SendLoop sending) {
        Thread close = new Thread(
                () -> {
                    controller.close();
                    sending.close();
                },
                "plumbline-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(close);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Opens a class's package to the agent, so that its fields can be read. */
    private static void open(Instrumentation instrumentation, Class<?> type) {
        instrumentation.redefineModule(
                type.getModule(),
                Set.of(),
                Map.of(),
                Map.of(type.getPackageName(), Set.of(PlumblineAgent.class.getModule())),
                Set.of(),
                Map.of());
    }

    private static Resource resource(Instance instance) {
        Map<String, String> labels = instance.labels();
        AttributesBuilder attributes = Attributes.builder()
                .put("service.name", labels.get("service"))
                .put("service.instance.id", instance.id())
                .put("host.name", labels.get("host"))
                .put("process.pid", Long.parseLong(labels.get("pid")))
                .put("telemetry.distro.name", "plumbline")
                .put("telemetry.distro.version", version());
        if (labels.containsKey("environment")) {
            attributes.put("deployment.environment.name", labels.get("environment"));
        }
        return Resource.create(attributes.build());
    }

    /** Capture as the send thread sees it; with this neither knows the other. */
    private static SendLoop.Source source(Capture capture, Holding holding) {
        return new SendLoop.Source() {
            @Override
            public void second() {
                capture.second();
            }

            @Override
            public void turn() {
                capture.turn();
            }

            @Override
            public void sent(String probe, long bytes) {
                capture.sent(probe, bytes);
            }

            @Override
            public int drainLogs(Consumer<LogRecordData> consumer, int max) {
                return holding.drain(consumer, held -> capture.drainLogs(held, max));
            }

            @Override
            public List<MetricData> collectMetrics(boolean all) {
                return capture.collectMetrics(all);
            }

            @Override
            public List<SpanData> takeSpans() {
                return capture.takeSpans();
            }

            @Override
            public boolean hasLogs() {
                return capture.hasLogs();
            }

            @Override
            public boolean isIdle() {
                return capture.isIdle();
            }
        };
    }

    /** The version that the build wrote down. */
    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = PlumblineAgent.class.getResourceAsStream("/plumbline-agent.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
