package io.plumbline.e2e.programs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.core.ConsoleAppender;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Logs by Logback at WARN and meters by Micrometer, as ever so many services do. */
public final class Own {
    private static final long PAUSE_MILLIS = 20;

    private Own() {}

    public static void main(String[] args) throws InterruptedException {
        configure();
        Metrics.globalRegistry.add(new SimpleMeterRegistry());
        for (int i = 1; true; i++) {
            MDC.put("tenant", "blue");
            pay("o-" + i, i);
            MDC.clear();
            StringBuilder meters = new StringBuilder("meters");
            Metrics.globalRegistry
                    .getMeters()
                    .forEach(meter -> meter.measure()
                            .forEach(measured -> meters.append(' ')
                                    .append(meter.getId().getName())
                                    .append(meter.getId().getTags())
                                    .append(measured.getStatistic())
                                    .append('=')
                                    .append(measured.getValue())));
            System.out.println(i + " " + meters);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static void pay(String order, int number) {
        String kind = number % 2 == 0 ? "even" : "odd";
        Metrics.counter("by.hand").increment(); // @paid
        LoggerFactory.getLogger(Own.class).info("by hand {} {}", order, kind);
    }

    private static void configure() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("LOG %level %logger{0} %thread {%X} %class{0}.%method:%line %msg%n");
        encoder.start();
        ConsoleAppender<ch.qos.logback.classic.spi.ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        Logger root = context.getLogger("ROOT");
        root.addAppender(console);
        root.setLevel(Level.WARN);
    }
}
