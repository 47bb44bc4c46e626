package io.plumbline.agent.capture.beside;

import io.plumbline.config.probe.Action;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;

/**
 * A metric in the default registry of Prometheus' simpleclient: a collector that is asked when the program is scraped, so that all
 * numbers are the agent's own, buckets too. Its class is made here, beside the library's, as the library has nothing to implement but
 * a class. One thread, but for the collecting.
 */
final class SimpleclientCollector implements Registration {
    private static final String CLIENT = "io.prometheus.client.";
    private static final String MADE = CLIENT + "PlumblineCollector";
    private static final String COLLECTED = "collected";

    private final Class<?> registryType;
    private final Class<?> collectorType;
    private final Class<?> familyType;
    private final Constructor<?> newFamily;
    private final Constructor<?> newSample;
    private final Object kind;
    private final String name;
    private final OwnMetric metric;
    private final Object collector;

    private SimpleclientCollector(Class<?> registryType, OwnMetric metric, Consumer<Class<?>> opener)
            throws ReflectiveOperationException, RefusedException {
        this.registryType = registryType;
        this.metric = metric;
        this.collectorType = Reflected.type(registryType, CLIENT + "Collector");
        this.familyType = Reflected.type(registryType, CLIENT + "Collector$MetricFamilySamples");
        Class<?> types = Reflected.type(registryType, CLIENT + "Collector$Type");
        Class<?> sample = Reflected.type(registryType, CLIENT + "Collector$MetricFamilySamples$Sample");
        this.newFamily = Reflected.constructor(familyType, String.class, types, String.class, List.class);
        this.newSample = Reflected.constructor(sample, String.class, List.class, List.class, double.class);
        this.kind = Reflected.constant(types, kind(metric.definition()));
        this.name = (String) Reflected.call(
                Reflected.method(collectorType, "sanitizeMetricName", String.class),
                null,
                metric.definition().name());
        Supplier<List<Object>> families = this::families;
        this.collector = collectors(opener).newInstance(families);
    }

    private static String kind(Action.Metric metric) {
        if (metric instanceof Action.Histogram) {
            return "HISTOGRAM";
        }
        return metric instanceof Action.Count ? "COUNTER" : "GAUGE";
    }

    /**
     * @param registryType the library's registry
     * @param opener opens a class's package to the agent
     * @throws RefusedException when the program has a metric of that name, or the library does not take it
     */
    static SimpleclientCollector of(Class<?> registryType, OwnMetric metric, Consumer<Class<?>> opener)
            throws RefusedException {
        try {
            SimpleclientCollector made = new SimpleclientCollector(registryType, metric, opener);
            made.register();
            metric.keepValues(false);
            return made;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw changed(e);
        }
    }

    private static RefusedException changed(Throwable e) {
        return new RefusedException("this version of simpleclient can't take them: " + e);
    }

    private void register() throws ReflectiveOperationException, RefusedException {
        try {
            Reflected.call(Reflected.method(registryType, "register", collectorType), registry(), collector);
        } catch (RefusedException e) {
            throw new RefusedException("the program's registry refused '" + name
                    + "' (a metric of that name is there already?): " + e.getMessage());
        }
    }

    private Object registry() throws ReflectiveOperationException {
        return Reflected.field(registryType, "defaultRegistry");
    }

    /** A class that extends the library's collector and asks a supplier. */
    private Constructor<?> collectors(Consumer<Class<?>> opener) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup;
        try {
            lookup = MethodHandles.privateLookupIn(collectorType, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            opener.accept(collectorType);
            lookup = MethodHandles.privateLookupIn(collectorType, MethodHandles.lookup());
        }
        Constructor<?> constructor = made(lookup).getDeclaredConstructor(Supplier.class);
        constructor.setAccessible(true);
        return constructor;
    }

    /** Made once in a loader; a hidden class would be nicer, but may be made beside classes of one's own module only. */
    private Class<?> made(MethodHandles.Lookup lookup) throws IllegalAccessException {
        try {
            return Class.forName(MADE, true, collectorType.getClassLoader());
        } catch (ClassNotFoundException e) {
            return lookup.defineClass(bytes());
        }
    }

    private static byte[] bytes() {
        String self = MADE.replace('.', '/');
        String parent = (CLIENT + "Collector").replace('.', '/');
        Type supplier = Type.getType(Supplier.class);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC, self, null, parent, null);
        writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, COLLECTED, supplier.getDescriptor(), null, null)
                .visitEnd();
        var init = org.objectweb.asm.commons.Method.getMethod("void <init> (java.util.function.Supplier)");
        GeneratorAdapter code = new GeneratorAdapter(0, init, null, null, writer);
        code.loadThis(); // t
        code.invokeConstructor(
                Type.getObjectType(parent), org.objectweb.asm.commons.Method.getMethod("void <init> ()")); //
        code.loadThis(); // t
        code.loadArg(0); // t s
        code.putField(Type.getObjectType(self), COLLECTED, supplier); //
        code.returnValue();
        code.endMethod();
        var collect = new org.objectweb.asm.commons.Method(
                "collect", MethodType.methodType(List.class).toMethodDescriptorString());
        code = new GeneratorAdapter(Opcodes.ACC_PUBLIC, collect, null, null, writer);
        code.loadThis(); // t
        code.getField(Type.getObjectType(self), COLLECTED, supplier); // s
        code.invokeInterface(supplier, org.objectweb.asm.commons.Method.getMethod("Object get ()")); // l
        code.checkCast(Type.getType(List.class)); // l
        code.returnValue();
        code.endMethod();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** What a scrape sees; called by the program's threads. */
    private List<Object> families() {
        try {
            List<Object> samples = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            for (String label : metric.definition().labels().keySet()) {
                labels.add(label.replace('.', '_'));
            }
            for (OwnSeries series : metric.series()) {
                if (metric.definition() instanceof Action.Histogram histogram) {
                    addBuckets(samples, labels, series, histogram.bounds());
                } else if (!Double.isNaN(series.value())) {
                    String suffix = metric.definition() instanceof Action.Count ? "_total" : "";
                    samples.add(sample(withSuffix(suffix), labels, series.labelValues(), series.value()));
                }
            }
            String help = metric.definition().description();
            return List.of(newFamily.newInstance(name, kind, help.isEmpty() ? "Set by a probe" : help, samples));
        } catch (ReflectiveOperationException e) {
            return List.of();
        }
    }

    private String withSuffix(String suffix) {
        return name.endsWith(suffix) ? name : name + suffix;
    }

    private void addBuckets(List<Object> samples, List<String> labels, OwnSeries series, List<Double> bounds)
            throws ReflectiveOperationException {
        OwnSeries.Buckets buckets = series.buckets();
        List<String> names = new ArrayList<>(labels);
        names.add("le");
        long count = 0;
        for (int i = 0; i < buckets.counts().size(); i++) {
            count += buckets.counts().get(i);
            List<String> values = new ArrayList<>(series.labelValues());
            values.add(i < bounds.size() ? bounds.get(i).toString() : "+Inf");
            samples.add(sample(name + "_bucket", names, values, count));
        }
        samples.add(sample(name + "_count", labels, series.labelValues(), count));
        samples.add(sample(name + "_sum", labels, series.labelValues(), buckets.sum()));
    }

    private Object sample(String sampleName, List<String> labels, List<String> values, double value)
            throws ReflectiveOperationException {
        return newSample.newInstance(sampleName, labels, values, value);
    }

    @Override
    public void refresh() {
        // it is asked
    }

    @Override
    public Class<?> entrance() {
        return registryType;
    }

    @Override
    public void close() throws RefusedException {
        try {
            Method unregister = Reflected.method(registryType, "unregister", collectorType);
            Reflected.call(unregister, registry(), collector);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw changed(e);
        }
    }
}
