package io.plumbline.agent.capture.beside;

import io.plumbline.config.probe.Action;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A metric in Micrometer's global registry, and so in all that the program has added to it. Counters and gauges are read when the
 * registry likes, so they are the agent's own numbers; a histogram is a distribution summary that gets each value, as the library has
 * no other way. One thread, but for the reading.
 */
final class MicrometerMeters implements Registration {
    private static final String CORE = "io.micrometer.core.instrument.";

    /** Values that one refresh records; with ten a second that is a few per cent of a core at most. */
    private static final long MAX_RECORDED = 20_000;

    private final Object registry;
    private final Class<?> metrics;
    private final Class<?> registryType;
    private final OwnMetric metric;
    private final Map<OwnSeries, Object> meters = new HashMap<>();
    private long lost;

    private MicrometerMeters(Class<?> metrics, Object registry, OwnMetric metric) throws ReflectiveOperationException {
        this.metrics = metrics;
        this.registry = registry;
        this.registryType = Reflected.type(metrics, CORE + "MeterRegistry");
        this.metric = metric;
    }

    /** Whether the program has added any registry to the global one, so that somebody sees what is in it. */
    static boolean isInUse(Class<?> metrics) throws RefusedException {
        try {
            Object global = Reflected.field(metrics, "globalRegistry");
            return !((Collection<?>) Reflected.call(Reflected.method(global.getClass(), "getRegistries"), global))
                    .isEmpty();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw changed(e);
        }
    }

    private static RefusedException changed(Throwable e) {
        return new RefusedException("this version of Micrometer can't take them: " + e);
    }

    /**
     * @param metrics Micrometer's class of that name
     * @throws RefusedException when the program has a metric of that name, or the library does not take it
     */
    static MicrometerMeters of(Class<?> metrics, OwnMetric metric) throws RefusedException {
        try {
            MicrometerMeters made = new MicrometerMeters(metrics, Reflected.field(metrics, "globalRegistry"), metric);
            made.requireFreeName();
            made.refresh();
            return made;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw changed(e);
        }
    }

    /** One that has the name would be given back in place of a new one, and be taken out with it. */
    private void requireFreeName() throws ReflectiveOperationException, RefusedException {
        String name = metric.definition().name();
        Object search = Reflected.call(Reflected.method(registryType, "find", String.class), registry, name);
        Collection<?> there = (Collection<?>) Reflected.call(Reflected.method(search.getClass(), "meters"), search);
        if (!there.isEmpty()) {
            throw new RefusedException(
                    "the program has a meter '" + name + "' of its own; give the probe's metric another name");
        }
    }

    @Override
    public void refresh() throws RefusedException {
        try {
            for (OwnSeries series : metric.series()) {
                if (!meters.containsKey(series)) {
                    meters.put(series, register(series));
                }
            }
            if (metric.definition() instanceof Action.Histogram) {
                record();
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            throw changed(e);
        }
    }

    private Object register(OwnSeries series) throws ReflectiveOperationException, RefusedException {
        Action.Metric definition = metric.definition();
        Object builder = builder(definition, series);
        Class<?> type = builder.getClass();
        String[] tags = tags(series);
        Reflected.call(Reflected.method(type, "tags", String[].class), builder, (Object) tags);
        if (!definition.description().isEmpty()) {
            Reflected.call(Reflected.method(type, "description", String.class), builder, definition.description());
        }
        if (!definition.unit().isEmpty()) {
            Reflected.call(Reflected.method(type, "baseUnit", String.class), builder, definition.unit());
        }
        return Reflected.call(Reflected.method(type, "register", registryType), builder, registry);
    }

    private Object builder(Action.Metric definition, OwnSeries series)
            throws ReflectiveOperationException, RefusedException {
        if (definition instanceof Action.Histogram histogram) {
            Method of =
                    Reflected.method(Reflected.type(metrics, CORE + "DistributionSummary"), "builder", String.class);
            Object builder = Reflected.call(of, null, definition.name());
            bounds(builder, histogram);
            return builder;
        }
        String kind = definition instanceof Action.Count ? "FunctionCounter" : "Gauge";
        ToDoubleFunction<OwnSeries> value = OwnSeries::value;
        Method of = Reflected.method(
                Reflected.type(metrics, CORE + kind), "builder", String.class, Object.class, ToDoubleFunction.class);
        return Reflected.call(of, null, definition.name(), series, value);
    }

    /** The buckets, where the version knows them as numbers. */
    private static void bounds(Object builder, Action.Histogram histogram)
            throws ReflectiveOperationException, RefusedException {
        double[] bounds = histogram.bounds().stream()
                .mapToDouble(Double::doubleValue)
                .filter(bound -> bound > 0)
                .toArray();
        try {
            Method set = Reflected.method(builder.getClass(), "serviceLevelObjectives", double[].class);
            Reflected.call(set, builder, bounds);
        } catch (NoSuchMethodException e) {
            // before 1.5: the summary has its count, sum and maximum only
        }
    }

    private String[] tags(OwnSeries series) {
        List<String> tags = new ArrayList<>();
        int i = 0;
        for (String name : metric.definition().labels().keySet()) {
            tags.add(name);
            tags.add(series.labelValues().get(i++));
        }
        return tags.toArray(new String[0]);
    }

    private void record() throws ReflectiveOperationException, RefusedException {
        Method method = Reflected.method(Reflected.type(metrics, CORE + "DistributionSummary"), "record", double.class);
        Budget left = new Budget(method);
        for (Map.Entry<OwnSeries, Object> one : meters.entrySet()) {
            lost += one.getKey().takeValues((value, weight) -> left.record(one.getValue(), value, weight));
        }
        lost += left.lost;
        if (left.failure != null) {
            throw left.failure;
        }
    }

    /** What is left of one refresh. */
    private static final class Budget {
        private final Method record;
        private long left = MAX_RECORDED;
        private long lost;
        private RefusedException failure;

        Budget(Method record) {
            this.record = record;
        }

        void record(Object summary, double value, long weight) {
            long times = Math.min(weight, left);
            left -= times;
            lost += weight - times;
            try {
                for (long i = 0; i < times; i++) {
                    Reflected.call(record, summary, value);
                }
            } catch (ReflectiveOperationException e) {
                failure = changed(e);
            } catch (RefusedException e) {
                failure = e;
            }
        }
    }

    @Override
    public long lost() {
        return lost;
    }

    @Override
    public Class<?> entrance() {
        return metrics;
    }

    @Override
    public void close() throws RefusedException {
        metric.keepValues(false);
        try {
            Method remove = Reflected.method(registryType, "remove", Reflected.type(metrics, CORE + "Meter"));
            for (Object meter : meters.values()) {
                Reflected.call(remove, registry, meter);
            }
            meters.clear();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw changed(e);
        }
    }
}
