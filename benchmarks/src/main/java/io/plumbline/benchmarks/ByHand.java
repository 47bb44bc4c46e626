package io.plumbline.benchmarks;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.FileAppender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * {@link Shop#price} with one line more, as a person would write it with today's libraries at their defaults. The
 * libraries' own threads run as in production: OpenTelemetry collects every second, Logback writes a file.
 */
final class ByHand implements AutoCloseable {
    private static final double IMPLAUSIBLE = 1_000_000;
    private static final AttributeKey<String> TIER = AttributeKey.stringKey("tier");

    private final LongAdder adder = new LongAdder();
    private final PrometheusMeterRegistry micrometer = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter counter = Counter.builder("shop.orders").register(micrometer);
    private final SdkMeterProvider openTelemetry = SdkMeterProvider.builder()
            .registerMetricReader(PeriodicMetricReader.builder(new ForgetfulMetricExporter())
                    .setInterval(Duration.ofSeconds(1))
                    .build())
            .build();
    private final SdkTracerProvider traces = SdkTracerProvider.builder()
            .addSpanProcessor(
                    BatchSpanProcessor.builder(new ForgetfulSpanExporter()).build())
            .build();
    private final Tracer tracer = traces.get("shop");
    private final LongCounter ordersByTier;
    private final DoubleHistogram totals;
    private final LoggerContext logback = new LoggerContext();
    private final AsyncAppender async = new AsyncAppender();
    private final Logger log;
    private final Path file;

    ByHand() {
        Meter meter = openTelemetry.get("shop");
        ordersByTier = meter.counterBuilder("shop.orders").build();
        totals = meter.histogramBuilder("shop.total").build();
        file = emptyFile();
        log = logger();
    }

    double condition(Order order) {
        double total = order.price() * order.quantity();
        if (total > IMPLAUSIBLE) {
            adder.increment();
        }
        return total - total * order.discount();
    }

    double conditionTrue(Order order) {
        double total = order.price() * order.quantity();
        if (total > -1) {
            counter.increment();
        }
        return total - total * order.discount();
    }

    double countByLongAdder(Order order) {
        double total = order.price() * order.quantity();
        adder.increment();
        return total - total * order.discount();
    }

    double countByMicrometer(Order order) {
        double total = order.price() * order.quantity();
        counter.increment();
        return total - total * order.discount();
    }

    double labelByMicrometer(Order order) {
        double total = order.price() * order.quantity();
        micrometer.counter("shop.orders.by.tier", "tier", order.tier()).increment();
        return total - total * order.discount();
    }

    double labelByOpenTelemetry(Order order) {
        double total = order.price() * order.quantity();
        ordersByTier.add(1, Attributes.of(TIER, order.tier()));
        return total - total * order.discount();
    }

    double histogram(Order order) {
        double total = order.price() * order.quantity();
        totals.record(total);
        return total - total * order.discount();
    }

    double log(Order order) {
        double total = order.price() * order.quantity();
        log.info("order {} costs {}", order.id(), total);
        return total - total * order.discount();
    }

    double span(Order order) {
        Span span = tracer.spanBuilder("price").startSpan();
        double total = order.price() * order.quantity();
        span.end();
        return total - total * order.discount();
    }

    double exception(Order order) {
        return Payment.of(order, this::warn);
    }

    private void warn(Order order, RuntimeException failure) {
        log.warn("order {} failed", order.id(), failure);
    }

    /** Log records that wait for Logback's thread. */
    int waitingLogs() {
        return async.getNumberOfElementsInQueue();
    }

    /** Lines in the file that have a text; stops the logger, so that all are there. */
    long writtenLogs(String text) {
        logback.stop();
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        logback.stop();
        openTelemetry.close();
        traces.close();
        micrometer.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Logger logger() {
        logback.setMDCAdapter(new LogbackMDCAdapter());
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(logback);
        encoder.setPattern("%d{HH:mm:ss.SSS} [%thread] %-5level %logger{36} -%kvp- %msg%n");
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(logback);
        appender.setEncoder(encoder);
        appender.setFile(file.toString());
        appender.start();
        async.setContext(logback);
        async.addAppender(appender);
        async.start();
        Logger logger = logback.getLogger(Shop.class);
        logger.setLevel(Level.INFO);
        logger.addAppender(async);
        return logger;
    }

    private static Path emptyFile() {
        try {
            return Files.createTempFile("plumbline-benchmark", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
