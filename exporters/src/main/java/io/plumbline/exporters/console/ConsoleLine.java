package io.plumbline.exporters.console;

import io.plumbline.exporters.signal.AttributeNames;
import io.plumbline.exporters.signal.ExponentialHistogramSignal;
import io.plumbline.exporters.signal.GaugeSignal;
import io.plumbline.exporters.signal.HistogramSignal;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.Resource;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SpanSignal;
import io.plumbline.exporters.signal.SumSignal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * The form of a line: {@code 10:31:07.250 shop/4f2a1c probe-7 Cart.java:118 message}, or for metrics
 * {@code 10:31:07.250 shop/4f2a1c probe-7 cart.total{currency="EUR"} 12}.
 */
final class ConsoleLine {

    private static final int INSTANCE_CHARS = 8;
    private static final int VALUES_CHARS = 1_000;
    private static final String SNAPSHOT = "plumbline.snapshot";
    private static final String EXCEPTION = "exception";
    private static final int WARN = 13;
    private static final int ERROR = 17;

    private final boolean colored;
    private final DateTimeFormatter time;

    ConsoleLine(boolean colored, ZoneId zone) {
        this.colored = colored;
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
    }

    void append(StringBuilder out, Signal signal) {
        long nanos = signal instanceof LogSignal log ? log.bestTimeUnixNano() : signal.timeUnixNano();
        word(out, Color.GREY, time.format(Instant.ofEpochSecond(0, nanos)));
        word(out, Color.CYAN, source(signal.resource()));
        word(out, Color.BLUE, signal.probeId());
        if (signal instanceof LogSignal log) {
            log(out, log);
        } else if (signal instanceof MetricSignal metric) {
            metric(out, metric);
        } else if (signal instanceof SpanSignal span) {
            span(out, span);
        }
        out.setCharAt(out.length() - 1, '\n');
    }

    private void log(StringBuilder out, LogSignal log) {
        word(out, Color.GREY, place(log.attributes()));
        if (log.severityNumber() >= WARN) {
            word(out, log.severityNumber() >= ERROR ? Color.RED : Color.YELLOW, log.severityText());
        }
        word(out, Color.NONE, log.body().toString());
        if (log.eventName().equals(SNAPSHOT) || log.eventName().equals(EXCEPTION)) {
            word(out, Color.GREY, values(log.attributes().get(AttributeNames.VALUES)));
        }
    }

    private void span(StringBuilder out, SpanSignal span) {
        String probe = span.probeId() + " "; // stands there already
        word(out, Color.NONE, span.name().startsWith(probe) ? span.name().substring(probe.length()) : span.name());
        word(out, Color.GREEN, span.duration());
        word(out, Color.GREY, "trace " + span.traceId());
    }

    /** The variables of a snapshot, as many as a line should hold. */
    private static String values(Object values) {
        String text = values == null ? "" : values.toString();
        return text.length() <= VALUES_CHARS ? text : text.substring(0, VALUES_CHARS) + "…";
    }

    private void metric(StringBuilder out, MetricSignal metric) {
        String unit = metric.metric().unit();
        word(out, Color.NONE, metric.metric().name() + labels(metric.attributes()));
        word(out, Color.GREEN, value(metric));
        word(out, Color.NONE, unit.equals("1") ? "" : unit);
    }

    /** Escapes, colours and ends with a space; nothing at all for an empty word. */
    private void word(StringBuilder out, Color color, String text) {
        if (text.isEmpty()) {
            return;
        }
        if (colored && color != Color.NONE) {
            out.append(color.start);
            Escapes.append(out, text);
            out.append(Color.END);
        } else {
            Escapes.append(out, text);
        }
        out.append(' ');
    }

    private static String source(Resource resource) {
        String instance = resource.instance();
        String shortened = instance.length() <= INSTANCE_CHARS ? instance : instance.substring(0, INSTANCE_CHARS);
        String service = resource.service().isEmpty() ? "?" : resource.service();
        return shortened.isEmpty() ? service : service + "/" + shortened;
    }

    private static String place(Map<String, Object> attributes) {
        Object file = attributes.get(AttributeNames.FILE);
        Object line = attributes.get(AttributeNames.LINE);
        if (file == null) {
            Object function = attributes.get(AttributeNames.FUNCTION);
            return function == null ? "" : function.toString();
        }
        String name = file.toString().substring(file.toString().lastIndexOf('/') + 1);
        return line == null ? name : name + ":" + line;
    }

    private static String labels(Map<String, Object> attributes) {
        StringBuilder labels = new StringBuilder();
        attributes.forEach((name, value) -> {
            if (!name.equals(AttributeNames.PROBE_ID)) {
                labels.append(labels.isEmpty() ? "{" : ",").append(name).append("=\"");
                labels.append(value).append('"');
            }
        });
        return labels.isEmpty() ? "" : labels.append('}').toString();
    }

    private static String value(MetricSignal metric) {
        if (metric instanceof SumSignal sum) {
            return number(sum.value());
        }
        if (metric instanceof GaugeSignal gauge) {
            return number(gauge.value());
        }
        if (metric instanceof ExponentialHistogramSignal histogram) {
            return "count=" + histogram.count() + " sum=" + number(histogram.sum());
        }
        HistogramSignal histogram = (HistogramSignal) metric;
        return "count=" + histogram.count() + " sum=" + number(histogram.sum());
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private enum Color {
        NONE(""),
        GREY("\u001b[90m"),
        CYAN("\u001b[36m"),
        BLUE("\u001b[34m"),
        GREEN("\u001b[32m"),
        YELLOW("\u001b[33m"),
        RED("\u001b[31m");

        static final String END = "\u001b[0m";

        final String start;

        Color(String start) {
            this.start = start;
        }
    }
}
