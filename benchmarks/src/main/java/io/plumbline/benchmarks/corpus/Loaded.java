package io.plumbline.benchmarks.corpus;

import java.lang.instrument.ClassFileTransformer;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A class loader of its own for one jar, and the bytes that the JVM was given for its classes last. It is left to the
 * garbage collector and never closed: until it is gone its classes are among those that probes mean, and a class that was
 * loaded but not linked could not be linked any more.
 */
final class Loaded implements ClassFileTransformer {
    private final URLClassLoader loader;
    private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();

    /**
     * @param name of the loader
     * @param jars the first one is asked first
     */
    Loaded(String name, URL[] jars) {
        loader = new URLClassLoader(name, jars, ClassLoader.getPlatformClassLoader());
    }

    ClassLoader loader() {
        return loader;
    }

    /** The bytes of a class, by its name with dots; null where the JVM was never given any. */
    byte[] bytes(String className) {
        return bytes.get(className);
    }

    /** The weaver's calls in a class as the JVM has it. */
    List<WovenCalls.Call> calls(String className) {
        byte[] last = bytes.get(className);
        return last == null ? List.of() : WovenCalls.in(last);
    }

    /** A class that has been loaded. */
    Class<?> type(String className) throws ClassNotFoundException {
        return Class.forName(className, false, loader);
    }

    @Override
    public byte[] transform(
            ClassLoader from, String name, Class<?> redefined, ProtectionDomain domain, byte[] classBytes) {
        if (from == loader) {
            bytes.put(name.replace('/', '.'), classBytes.clone());
        }
        return null;
    }
}
