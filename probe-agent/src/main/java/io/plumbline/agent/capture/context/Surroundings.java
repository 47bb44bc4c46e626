package io.plumbline.agent.capture.context;

import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Finds what can be read around a hit, and gives the readers. {@link #look} is the agent's threads', and to be called
 * again, as libraries load late; the readers see what it found at once. Loads no class of the application and
 * initialises none; what was found is kept alive by its own classes only.
 */
public final class Surroundings {
    private final Supplier<Class<?>[]> loaded;
    private final PrivateReads reads;
    private final OtelFinder finder;
    private final Sources<MdcSource> mdcs = new Sources<>();
    private final Sources<OtelSource> tracings = new Sources<>();
    private final MdcReader mdc;
    private final SpanReader spans;
    private final SpanWriter writer;
    private final HiddenKeys keys;

    /** The agent's source belongs to no class of the application; guarded by this. */
    private OtelSource agentTracing;

    /** What was found by a class, held by that class. */
    private final ClassValue<AtomicReference<Object>> kept = new ClassValue<>() {
        @Override
        protected AtomicReference<Object> computeValue(Class<?> type) {
            return new AtomicReference<>();
        }
    };

    /**
     * @param loaded all classes loaded in this JVM
     * @param opener opens a class's package to the agent
     * @param hidden tells which names must not be read
     */
    public Surroundings(Supplier<Class<?>[]> loaded, Consumer<Class<?>> opener, Predicate<String> hidden) {
        this.loaded = loaded;
        this.reads = new PrivateReads(opener);
        this.finder = new OtelFinder(reads);
        this.keys = new HiddenKeys(hidden);
        ThreadLocals locals = new ThreadLocals(reads);
        this.mdc = new MdcReader(mdcs, new MdcStores(reads, locals), keys, null);
        SpanShapes shapes = new SpanShapes(reads);
        this.spans = new SpanReader(tracings, locals, shapes, keys, null);
        this.writer = new SpanWriter(shapes);
    }

    /** What a caller that reads again and again keeps for it. */
    public PairGate gate(PairSink out) {
        return new PairGate(keys, out, 0);
    }

    /** Looks for logging and tracing libraries among the loaded classes. */
    public synchronized void look() {
        List<Class<?>> owners = new ArrayList<>();
        List<Class<?>> tracing = new ArrayList<>();
        for (Class<?> type : loaded.get()) {
            String name = type.getName();
            if (MdcSource.OWNERS.containsKey(name)) {
                owners.add(type);
            } else if (OtelFinder.isWanted(name)) {
                tracing.add(type);
            }
        }
        // the agent's own libraries are not the application's
        ClassLoader own = Surroundings.class.getClassLoader();
        owners.removeIf(type -> type.getClassLoader() == own);
        tracing.removeIf(type -> type.getClassLoader() == own);
        mdcs.replace(mdcs(owners));
        tracings.replace(tracings(tracing));
    }

    private List<MdcSource> mdcs(List<Class<?>> owners) {
        List<MdcSource> sources = new ArrayList<>();
        for (Class<?> owner : owners) {
            AtomicReference<Object> place = kept.get(owner);
            if (place.get() == null) {
                MethodHandle store = reads.staticGetter(owner, MdcSource.OWNERS.get(owner.getName()));
                place.set(store == null ? null : new MdcSource(owner, store));
            }
            if (place.get() instanceof MdcSource source) {
                sources.add(source);
            }
        }
        return sources;
    }

    private List<OtelSource> tracings(List<Class<?>> tracing) {
        List<OtelSource> sources = new ArrayList<>();
        if (agentTracing == null) {
            agentTracing = finder.agent(null);
        }
        if (agentTracing != null) {
            sources.add(agentTracing);
        }
        for (Class<?> type : tracing) {
            if (type.getName().equals(OtelFinder.SPAN_KEY)) {
                tracing(type, tracing).ifPresent(sources::add);
            }
        }
        return sources;
    }

    /** One that was found before stays while there is no more to it, so that hits never miss it. */
    private Optional<OtelSource> tracing(Class<?> keyType, List<Class<?>> loaded) {
        AtomicReference<Object> place = kept.get(keyType);
        if (!(place.get() instanceof OtelSource known) || !known.hasBaggage()) {
            OtelSource now = finder.application(keyType, loaded);
            if (now != null && (place.get() == null || now.hasBaggage())) {
                place.set(now);
            }
        }
        return Optional.ofNullable((OtelSource) place.get());
    }

    /** The MDC of whatever logging library is there. */
    public MdcReader mdc() {
        return mdc;
    }

    /** The spans of whatever OpenTelemetry API is there. */
    public SpanReader spans() {
        return spans;
    }

    /** Writes to spans that {@link #spans} has found. */
    public SpanWriter writer() {
        return writer;
    }

    /** Trace and span id as the MDC has them. */
    public MdcTrace mdcTrace() {
        return new MdcTrace(mdc);
    }
}
