package io.plumbline.agent.capture.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.capture.Found;
import io.plumbline.agent.capture.Opener;
import io.plumbline.agent.weave.Compiled;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanReaderTest {
    private static final String NEW = "1.67.0";
    private static final String OLD = "1.31.0";

    private static Map<String, Object> attributes(SpanReader reader) {
        Map<String, Object> pairs = new TreeMap<>();
        assertThat(reader.attributes(reader.current(), pairs::put, 100)).isTrue();
        return pairs;
    }

    private static Map<String, Object> baggage(SpanReader reader) {
        Map<String, Object> pairs = new TreeMap<>();
        assertThat(reader.baggage(pairs::put, 100)).isTrue();
        return pairs;
    }

    @ParameterizedTest
    @ValueSource(strings = {NEW, OLD})
    void current_spanOfTheApplication_isRead(String version) {
        Compiled application = Found.traced(version);
        Surroundings surroundings = Found.surroundings();
        SpanReader reader = surroundings.spans().in(application);
        surroundings.look();
        assertThat(reader.current()).isNull();
        // only now the application has a context at all
        Found.run(application, "runWithBaggage", () -> {});
        surroundings.look();
        assertThat(reader.current()).isNull();
        Found.run(application, "runWithBaggage", () -> {
            Object span = reader.current();
            assertThat(reader.traceId(span)).hasSize(32);
            assertThat(reader.traceId(span) + reader.spanId(span))
                    .isEqualTo(Found.call(application, "app.Traced", "ids"));
            assertThat(attributes(reader))
                    .isEqualTo(Map.of(
                            "order.id",
                            17L,
                            "user.name",
                            "ann",
                            "user.password",
                            "***",
                            "vip",
                            true,
                            "items",
                            List.of("a", "b")));
            assertThat(baggage(reader)).isEqualTo(Map.of("tenant", "blue", "session.token", "***"));
            List<String> two = new ArrayList<>();
            assertThat(reader.attributes(span, (name, value) -> two.add(name), 2))
                    .isFalse();
            assertThat(two).hasSize(2);
            assertThat(reader.baggage((name, value) -> {}, 1)).isFalse();
        });
        assertThat(reader.current()).isNull();
        assertThat(baggage(reader)).isEmpty();
    }

    @Test
    void look_baggageUsedLater_isRead() {
        Compiled application = Found.traced(NEW);
        Surroundings surroundings = Found.surroundings();
        Found.run(application, "run", () -> {});
        surroundings.look();
        SpanReader reader = surroundings.spans().in(application);
        Found.run(application, "runWithBaggage", () -> {
            assertThat(reader.current()).isNotNull();
            surroundings.look();
            assertThat(baggage(reader)).containsKey("tenant");
        });
    }

    @Test
    void look_apiLoadedButUnused_initializesNothing() throws Exception {
        URLClassLoader loader = Found.loader(Found.otel(NEW));
        Class<?> key = Class.forName(OtelFinder.SPAN_KEY, false, loader);
        Class<?> lazy = Class.forName("io.opentelemetry.context.LazyStorage", false, loader);
        Surroundings surroundings = Found.surroundings();
        surroundings.look();
        assertThat(surroundings.spans().in(loader).current()).isNull();
        PrivateReads reads = new PrivateReads(Opener::open);
        assertThat(reads.isInitialized(key)).isFalse();
        assertThat(reads.isInitialized(lazy)).isFalse();
    }

    @Test
    void current_spanOfAnUnknownClass_runsNoneOfIt() throws Exception {
        Compiled application = Found.traced(NEW);
        Surroundings surroundings = Found.surroundings();
        Found.run(application, "run", () -> {});
        surroundings.look();
        List<String> ran = new ArrayList<>();
        Class<?> type = Class.forName("io.opentelemetry.api.trace.Span", true, application);
        Class<?> keyed = Class.forName("io.opentelemetry.context.ImplicitContextKeyed", true, application);
        Object real = Found.call(application, "io.opentelemetry.api.trace.Span", "getInvalid");
        Object hostile = Proxy.newProxyInstance(application, new Class<?>[] {type, keyed}, (self, method, args) -> {
            ran.add(method.getName());
            return method.getName().equals("makeCurrent") ? makeCurrent(application, self) : method.invoke(real, args);
        });
        SpanReader reader = surroundings.spans().in(application);
        Found.call(application, "app.Traced", "runIn", hostile, (Runnable) () -> {
            ran.clear();
            assertThat(reader.current()).isNull();
            assertThat(reader.traceId(hostile)).isEmpty();
            assertThat(reader.attributes(hostile, (name, value) -> {}, 10)).isTrue();
            assertThat(ran).isEmpty();
        });
    }

    /** Makes an object the current span without asking it. */
    private static Object makeCurrent(ClassLoader loader, Object span) throws Exception {
        Class<?> keys = Class.forName(OtelFinder.SPAN_KEY, true, loader);
        Object key = new PrivateReads(Opener::open).staticValue(keys, "KEY");
        Object context = Found.call(loader, "io.opentelemetry.context.Context", "current");
        Class<?> type = Class.forName("io.opentelemetry.context.Context", true, loader);
        Method with = type.getMethod(
                "with", Class.forName("io.opentelemetry.context.ContextKey", true, loader), Object.class);
        return type.getMethod("makeCurrent").invoke(with.invoke(context, key, span));
    }

    @Test
    void current_apiOfTheOpenTelemetryAgent_isRead() throws Exception {
        URLClassLoader loader = Found.loader("opentelemetry-javaagent-2.33.1");
        PrivateReads reads = new PrivateReads(Opener::open);
        OtelSource source = new OtelFinder(reads).agent(loader);
        assertThat(source).isNotNull();
        Sources<OtelSource> sources = new Sources<>();
        sources.replace(List.of(source));
        SpanReader reader = new SpanReader(
                sources, new ThreadLocals(reads), new SpanShapes(reads), new HiddenKeys(name -> false), null);
        assertThat(reader.current()).isNull();

        String shaded = OtelFinder.SHADED + "io.opentelemetry.";
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Object flags = Found.call(loader, shaded + "api.trace.TraceFlags", "getSampled");
        Object state = Found.call(loader, shaded + "api.trace.TraceState", "getDefault");
        Object context =
                Found.call(loader, shaded + "api.trace.SpanContext", "create", trace, "b7ad6b7169203331", flags, state);
        Object span = Found.call(loader, shaded + "api.trace.Span", "wrap", context);
        Class<?> keyed = Class.forName(shaded + "context.ImplicitContextKeyed", true, loader);
        try (AutoCloseable scope =
                (AutoCloseable) keyed.getMethod("makeCurrent").invoke(span)) {
            assertThat(scope).isNotNull();
            assertThat(reader.traceId(reader.current())).isEqualTo(trace);
            assertThat(reader.spanId(reader.current())).isEqualTo("b7ad6b7169203331");
            assertThat(attributes(reader)).isEmpty();
        }
        assertThat(reader.current()).isNull();
        assertThat(new OtelFinder(reads).agent(null)).isNull();
    }

    @Test
    void current_manyTimes_allocatesNothing() {
        Compiled application = Found.traced(NEW);
        Surroundings surroundings = Found.surroundings();
        Found.run(application, "run", () -> {});
        surroundings.look();
        SpanReader reader = surroundings.spans().in(application);
        Found.run(application, "run", () -> {
            assertThat(reader.current()).isNotNull();
            for (int i = 0; i < 5_000; i++) {
                reader.traceId(reader.current());
            }
            var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
            long id = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < 10_000; i++) {
                reader.spanId(reader.current());
            }
            assertThat(threads.getThreadAllocatedBytes(id) - before)
                    .isLessThan(100_000); // the smallest object has 16 bytes
        });
    }
}
