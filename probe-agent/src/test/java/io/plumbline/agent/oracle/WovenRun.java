package io.plumbline.agent.oracle;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.weave.WeaveFixture;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a program in this JVM with a counting probe on every line of its sources. */
final class WovenRun {
    private final Sources sources;

    WovenRun(Sources sources) {
        this.sources = sources;
    }

    /**
     * Runs to the end.
     *
     * @param main a class with a {@code main} method
     * @param libraries what it needs besides
     * @param rehearsed whether the program runs once before
     * @return hits by place, without places that were not hit
     */
    Map<Place, Integer> run(String main, List<URL> libraries, boolean rehearsed)
            throws IOException, ReflectiveOperationException {
        Map<Place, WeaveFixture.RecordingTap> taps = new TreeMap<>();
        List<ArmedProbe> probes = new ArrayList<>();
        for (Place place : sources.places()) {
            WeaveFixture.RecordingTap tap = new WeaveFixture.RecordingTap();
            taps.put(place, tap);
            probes.add(WeaveFixture.armed(
                    "{id: p" + probes.size() + ", at: '" + place.fileName() + ":" + place.line() + "', count: hits}",
                    tap));
        }
        List<URL> path = new ArrayList<>(libraries);
        path.add(0, sources.classes().toUri().toURL());
        try (WeaveFixture fixture = new WeaveFixture();
                URLClassLoader loader = new URLClassLoader(path.toArray(new URL[0]), parent())) {
            loader.setDefaultAssertionStatus(true);
            if (rehearsed) {
                call(loader.loadClass(main));
            }
            fixture.weaver.apply(probes, List.of());
            call(loader.loadClass(main));
            return hits(taps);
        }
    }

    /** The JDK and the bridge, which is on the class path in tests. */
    private static ClassLoader parent() {
        return new ClassLoader("bridge-only", ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.startsWith("io.plumbline.agent.bridge.")) {
                    return WovenRun.class.getClassLoader().loadClass(name);
                }
                throw new ClassNotFoundException(name);
            }
        };
    }

    private static void call(Class<?> main) throws ReflectiveOperationException {
        try {
            Method method = main.getMethod("main", String[].class);
            method.setAccessible(true); // the class need not be public
            method.invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(main + " failed", e.getCause());
        }
    }

    private static Map<Place, Integer> hits(Map<Place, WeaveFixture.RecordingTap> taps) {
        Map<Place, Integer> hits = new TreeMap<>();
        taps.forEach((place, tap) -> {
            if (tap.failure != null) {
                throw new IllegalStateException("a hit failed at " + place, tap.failure);
            }
            if (tap.admitted > 0) {
                hits.put(place, tap.admitted);
            }
        });
        return hits;
    }
}
