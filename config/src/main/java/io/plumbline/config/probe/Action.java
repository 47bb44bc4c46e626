package io.plumbline.config.probe;

import io.plumbline.config.expression.Code;
import io.plumbline.config.expression.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a hit does. */
public sealed interface Action {
    /** Watch expressions of one action. */
    int MAX_WATCHES = 32;

    /** The word that names the kind in YAML, JSON and CLI. */
    String kind();

    /** All expressions of the action, in the order in which a hit evaluates them. */
    List<Code> expressions();

    /**
     * A log record from a template.
     *
     * @param beside how the program's own logging gets it too; absent where it does not
     */
    record Log(Template template, Severity severity, Optional<LogBeside> beside) implements Action {
        /** One that the program's own logging does not get. */
        public Log(Template template, Severity severity) {
            this(template, severity, Optional.empty());
        }

        @Override
        public String kind() {
            return "log";
        }

        @Override
        public List<Code> expressions() {
            return template.holes();
        }
    }

    /** A record of variables and their values, with its stack. */
    sealed interface Capturing extends Action permits Snapshot, Exceptions {
        /** Whether the variables in scope are captured. */
        boolean variables();

        /** Further values by name. */
        Map<String, Code> watch();

        /** Whether the static fields of the class that the site is in are captured. */
        boolean statics();

        /** How much. */
        CaptureBounds bounds();

        @Override
        default List<Code> expressions() {
            return List.copyOf(watch().values());
        }
    }

    /** The variables in scope. */
    record Snapshot(Map<String, Code> watch, boolean statics, CaptureBounds bounds) implements Capturing {
        public static final Snapshot DEFAULT = new Snapshot(Map.of(), false, CaptureBounds.DEFAULT);

        public Snapshot {
            watch = watched(watch);
        }

        @Override
        public String kind() {
            return "snapshot";
        }

        @Override
        public boolean variables() {
            return true;
        }
    }

    /** The exception at a catch, a throw or an exception's way out, with the variables there. */
    record Exceptions(boolean variables, Map<String, Code> watch, boolean statics, CaptureBounds bounds)
            implements Capturing {
        public static final Exceptions DEFAULT = new Exceptions(true, Map.of(), false, CaptureBounds.DEFAULT);

        public Exceptions {
            watch = watched(watch);
        }

        @Override
        public String kind() {
            return "exception";
        }
    }

    /**
     * Spans between points, each with a location of its own. A probe that has it has no other action; on an instance it falls
     * into {@link Probe#parts}.
     *
     * @param points in the order in which requests pass them
     * @param pairs between which points spans go
     * @param within how long a hit waits for the one that follows it
     */
    record Span(SpanBy by, List<SpanPoint> points, List<SpanPair> pairs, Duration within) implements Action {
        public static final Duration DEFAULT_WITHIN = Duration.ofMinutes(1);
        private static final Duration MAX_WITHIN = Duration.ofHours(1);
        private static final int MAX_POINTS = 8;

        public Span {
            points = List.copyOf(points);
            pairs = List.copyOf(pairs);
            if (points.size() < 2 || points.size() > MAX_POINTS) {
                throw new IllegalArgumentException(
                        "a span probe has from 2 to " + MAX_POINTS + " points: " + points.size());
            }
            List<String> names = points.stream().map(SpanPoint::name).toList();
            for (SpanPair pair : pairs) {
                if (!names.contains(pair.from()) || !names.contains(pair.to())) {
                    throw new IllegalArgumentException("the pair " + pair
                            + " names a point that is not there; points are " + String.join(", ", names));
                }
            }
            if (within.compareTo(MAX_WITHIN) > 0) {
                throw new IllegalArgumentException("'within' is at most 1h: " + Durations.format(within));
            }
            for (SpanPoint point : points) {
                if ((by == SpanBy.KEY) != point.key().isPresent()) {
                    throw new IllegalArgumentException(
                            "point " + point.name() + " has an expression to go by just where the span goes by one");
                }
            }
        }

        /** From each point to the next one. */
        static List<SpanPair> neighbours(List<SpanPoint> points) {
            List<SpanPair> pairs = new ArrayList<>();
            for (int i = 1; i < points.size(); i++) {
                pairs.add(new SpanPair(points.get(i - 1).name(), points.get(i).name()));
            }
            return pairs;
        }

        @Override
        public String kind() {
            return SpanReader.KEY;
        }

        @Override
        public List<Code> expressions() {
            return points.stream()
                    .flatMap(point -> new Point(this, point).expressions().stream())
                    .toList();
        }
    }

    /** What a hit of one point of a span probe leaves: its key, its trace, its time, its attributes. */
    record Point(Span span, SpanPoint point) implements Action {
        @Override
        public String kind() {
            return "point";
        }

        /** The key first, where there is one. */
        @Override
        public List<Code> expressions() {
            List<Code> all = new ArrayList<>();
            point.key().ifPresent(all::add);
            all.addAll(point.attributes().values());
            return all;
        }
    }

    /** A number that goes into a time series of the probe's own. */
    sealed interface Metric extends Action permits Count, Gauge, Histogram {
        /** The metric's name, as OpenTelemetry knows it. */
        String name();

        /** UCUM, as in OpenTelemetry; empty for none. */
        String unit();

        String description();

        /** Label name to the expression of its value. */
        Map<String, Code> labels();

        /** The number; a count may do without, and then adds one. */
        Optional<Code> value();

        /** Whether the metric also stands in the program's own registry. */
        boolean beside();

        @Override
        default List<Code> expressions() {
            List<Code> all = new ArrayList<>(labels().values());
            value().ifPresent(all::add);
            return all;
        }
    }

    /** A counter: the sum of the values, which must not be negative; without a value, the number of hits. */
    record Count(
            String name,
            String unit,
            String description,
            Map<String, Code> labels,
            Optional<Code> value,
            boolean beside)
            implements Metric {
        public Count {
            labels = ordered(labels);
        }

        @Override
        public String kind() {
            return "count";
        }
    }

    /** The last value. */
    record Gauge(
            String name,
            String unit,
            String description,
            Map<String, Code> labels,
            Optional<Code> value,
            boolean beside)
            implements Metric {
        public Gauge {
            labels = ordered(labels);
            requireValue(value);
        }

        @Override
        public String kind() {
            return "gauge";
        }
    }

    /**
     * The distribution of the values.
     *
     * @param bounds upper bounds of the buckets, inclusive, rising, finite
     */
    record Histogram(
            String name,
            String unit,
            String description,
            Map<String, Code> labels,
            Optional<Code> value,
            List<Double> bounds,
            boolean beside)
            implements Metric {

        /** Three to a decade from 0.001 to 100,000: serves milliseconds, seconds, bytes and money alike. */
        public static final List<Double> DEFAULT_BOUNDS = defaultBounds();

        private static final int MAX_BOUNDS = 200;

        public Histogram {
            labels = ordered(labels);
            requireValue(value);
            bounds = List.copyOf(bounds);
            if (bounds.isEmpty() || bounds.size() > MAX_BOUNDS) {
                throw new IllegalArgumentException(
                        "a histogram has from 1 to " + MAX_BOUNDS + " buckets: " + bounds.size());
            }
            for (int i = 0; i < bounds.size(); i++) {
                if (!Double.isFinite(bounds.get(i)) || (i > 0 && bounds.get(i) <= bounds.get(i - 1))) {
                    throw new IllegalArgumentException("buckets must be finite and rising: " + bounds);
                }
            }
        }

        @Override
        public String kind() {
            return "histogram";
        }

        private static List<Double> defaultBounds() {
            List<Double> bounds = new ArrayList<>();
            for (String decade : List.of("e-3", "e-2", "e-1", "e0", "e1", "e2", "e3", "e4")) {
                for (String step : List.of("1", "2.5", "5")) {
                    bounds.add(Double.valueOf(step + decade));
                }
            }
            bounds.add(100_000.0);
            return List.copyOf(bounds);
        }
    }

    private static Map<String, Code> ordered(Map<String, Code> labels) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    private static Map<String, Code> watched(Map<String, Code> watch) {
        if (watch.size() > MAX_WATCHES) {
            throw new IllegalArgumentException(
                    "'watch' takes at most " + MAX_WATCHES + " expressions: " + watch.size());
        }
        return ordered(watch);
    }

    private static void requireValue(Optional<Code> value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("gauges and histograms need a value");
        }
    }
}
