package io.plumbline.agent.capture.beside;

import io.plumbline.agent.capture.context.Sources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Finds the program's telemetry libraries by the class that everyone goes through to use them, among the classes that are loaded:
 * one that nobody has used yet is not there. Holds them weakly. One thread.
 */
final class Libraries {
    static final String SLF4J = "org.slf4j.LoggerFactory";
    static final String MICROMETER = "io.micrometer.core.instrument.Metrics";
    static final String SIMPLECLIENT = "io.prometheus.client.CollectorRegistry";

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_LOOK_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Supplier<Class<?>[]> loaded;
    private long lookNanos = LOOK_NANOS;
    private long lookedNanos = System.nanoTime() - LOOK_NANOS;
    private final Map<String, Sources<Entrance>> found = new LinkedHashMap<>();

    /** Keeps what was found by a class alive as long as the class. */
    private final ClassValue<Entrance> kept = new ClassValue<>() {
        @Override
        protected Entrance computeValue(Class<?> type) {
            return new Entrance(type);
        }
    };

    private record Entrance(Class<?> type) implements Sources.Source {
        @Override
        public ClassLoader loader() {
            return type.getClassLoader();
        }
    }

    /**
     * @param loaded gives all classes loaded in this JVM
     */
    Libraries(Supplier<Class<?>[]> loaded) {
        this.loaded = loaded;
        for (String name : List.of(SLF4J, MICROMETER, SIMPLECLIENT)) {
            found.put(name, new Sources<>());
        }
    }

    /** What is missing may be there sooner now. */
    void lookOftenAgain() {
        lookNanos = LOOK_NANOS;
    }

    /**
     * As {@link #nearest}. Libraries are used late, so for one that is missing all loaded classes are gone through again, ever
     * more rarely.
     */
    Class<?> nearestNowOrSoon(String name, ClassLoader from) {
        Class<?> now = nearest(name, from);
        long nanos = System.nanoTime();
        if (now != null || nanos - lookedNanos < lookNanos) {
            return now;
        }
        lookedNanos = nanos;
        lookNanos = Math.min(MAX_LOOK_NANOS, 2 * lookNanos);
        look();
        return nearest(name, from);
    }

    private void look() {
        Map<String, List<Entrance>> now = new LinkedHashMap<>();
        found.keySet().forEach(name -> now.put(name, new ArrayList<>()));
        ClassLoader own = Libraries.class.getClassLoader();
        for (Class<?> type : loaded.get()) {
            List<Entrance> list = now.get(type.getName());
            // the agent's own libraries are not the program's
            if (list != null && type.getClassLoader() != own) {
                list.add(kept.get(type));
            }
        }
        now.forEach((name, list) -> found.get(name).replace(list));
    }

    /** The one that classes of a loader see; for classes of the JDK the only one there is; null if there is none, or more. */
    Class<?> nearest(String name, ClassLoader from) {
        Sources<Entrance> all = found.get(name);
        Entrance entrance = all.nearest(from);
        boolean isOfTheJdk = from == null || from == ClassLoader.getPlatformClassLoader();
        if (entrance == null && isOfTheJdk && all.size() == 1) {
            entrance = all.get(0);
        }
        return entrance == null ? null : entrance.type();
    }
}
