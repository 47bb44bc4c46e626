package io.plumbline.agent.capture;

import io.plumbline.agent.capture.context.Surroundings;
import io.plumbline.agent.weave.Compiled;
import io.plumbline.config.redaction.Redaction;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Libraries as an application has them: in a loader of their own, whose parent knows the JDK only. */
public final class Found {
    private static final Path FOLDER = Path.of("target", "found");

    /** Starts a span with attributes and baggage, and runs something in it. */
    private static final String TRACED = """
            package app;
            import io.opentelemetry.api.baggage.Baggage;
            import io.opentelemetry.api.common.AttributeKey;
            import io.opentelemetry.api.trace.Span;
            import io.opentelemetry.context.Context;
            import io.opentelemetry.context.Scope;
            import io.opentelemetry.sdk.trace.ReadWriteSpan;
            import io.opentelemetry.sdk.trace.ReadableSpan;
            import io.opentelemetry.sdk.trace.SdkTracerProvider;
            import io.opentelemetry.sdk.trace.SpanProcessor;
            public class Traced {
                static final SdkTracerProvider PROVIDER = SdkTracerProvider.builder()
                        .addSpanProcessor(new SpanProcessor() {
                            public void onStart(Context parent, ReadWriteSpan span) {}
                            public boolean isStartRequired() { return true; }
                            public void onEnd(ReadableSpan span) {}
                            public boolean isEndRequired() { return true; }
                        }).build();
                public static void run(Runnable inside) {
                    Span span = PROVIDER.get("app").spanBuilder("order").startSpan();
                    span.setAttribute("order.id", 17);
                    span.setAttribute("user.name", "ann");
                    span.setAttribute("user.password", "geheim");
                    span.setAttribute("vip", true);
                    span.setAttribute(AttributeKey.stringArrayKey("items"), java.util.List.of("a", "b"));
                    try (Scope scope = span.makeCurrent()) {
                        inside.run();
                    }
                    span.end();
                }
                public static void runWithBaggage(Runnable inside) {
                    Baggage baggage = Baggage.builder().put("tenant", "blue").put("session.token", "geheim").build();
                    try (Scope scope = baggage.makeCurrent()) {
                        run(inside);
                    }
                }
                public static void runIn(Object span, Runnable inside) {
                    try (Scope scope = ((Span) span).makeCurrent()) {
                        inside.run();
                    }
                }
                public static String events() {
                    StringBuilder all = new StringBuilder();
                    ((ReadableSpan) Span.current()).toSpanData().getEvents().forEach(event ->
                            all.append(event.getName()).append(event.getAttributes().asMap()));
                    return all.toString();
                }
                public static String ids() {
                    return Span.current().getSpanContext().getTraceId() + Span.current().getSpanContext().getSpanId();
                }
            }
            """;

    private Found() {}

    /** A loader of these jars, named without their ending. */
    public static URLClassLoader loader(String... jars) {
        URL[] urls = Stream.of(jars).map(Found::url).toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(String jar) {
        try {
            return path(jar).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Path path(String jar) {
        Path path = FOLDER.resolve(jar + ".jar");
        if (!path.toFile().isFile()) {
            throw new IllegalStateException("no " + path + "; the build copies it before the tests");
        }
        return path;
    }

    /** The jars of an OpenTelemetry version. */
    public static String[] otel(String version) {
        return Stream.of("api", "context", "common", "sdk-common", "sdk-trace")
                .filter(part -> !part.equals("common")
                        || FOLDER.resolve("opentelemetry-common-" + version + ".jar")
                                .toFile()
                                .isFile())
                .map(part -> "opentelemetry-" + part + "-" + version)
                .toArray(String[]::new);
    }

    /** An application that traces with a version of OpenTelemetry. */
    public static Compiled traced(String version) {
        return program("app.Traced", TRACED, otel(version));
    }

    /** A class, compiled with these jars and loaded in a loader that sees them and the JDK. */
    public static Compiled program(String name, String source, String... jars) {
        String path = Stream.of(jars).map(jar -> path(jar).toString()).collect(Collectors.joining(File.pathSeparator));
        return new Compiled(loader(jars), Compiled.compile(name, source, "-g", "-classpath", path));
    }

    /** Runs something in a span of a traced application. */
    public static void run(Compiled traced, String method, Runnable inside) {
        call(traced, "app.Traced", method, inside);
    }

    /** Calls the public static method of a name that takes so many arguments. */
    public static Object call(ClassLoader loader, String type, String method, Object... arguments) {
        try {
            for (var candidate : Class.forName(type, true, loader).getMethods()) {
                if (candidate.getName().equals(method) && candidate.getParameterCount() == arguments.length) {
                    return candidate.invoke(null, arguments);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalArgumentException("no " + type + "." + method);
    }

    public static Surroundings surroundings() {
        return new Surroundings(
                Opener.INSTRUMENTATION::getAllLoadedClasses, Opener::open, Redaction.standard()::hidesName);
    }
}
