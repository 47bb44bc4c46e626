package io.plumbline.agent.boot;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * Puts the bridge into the bootstrap loader, class by class. The documented way, appending a jar to the bootstrap search
 * path, makes HotSpot print a warning into the application's output and give up class data sharing, so it is the second
 * choice, for JVMs on which the first does not work.
 */
final class BridgeLoader {
    /** Superclasses first. */
    private static final List<String> CLASSES =
            List.of("Linker", "Lane", "Tap", "LogEntry", "LogEntries", "Series", "Calls", "Calls$1", "Guard", "Bridge");

    private static final String PACKAGE = "io/plumbline/agent/bridge/";

    private BridgeLoader() {}

    static void load(File agentJar, Instrumentation instrumentation) throws IOException {
        try (JarFile jar = new JarFile(agentJar, false)) {
            define(jar, instrumentation);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(agentJar, false));
        }
    }

    private static void define(JarFile jar, Instrumentation instrumentation)
            throws IOException, ReflectiveOperationException {
        Module own = BridgeLoader.class.getModule();
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of("jdk.internal.misc", Set.of(own)),
                Map.of(),
                Set.of(),
                Map.of());
        Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
        Object unsafe = type.getMethod("getUnsafe").invoke(null);
        Method defineClass = type.getMethod(
                "defineClass",
                String.class,
                byte[].class,
                int.class,
                int.class,
                ClassLoader.class,
                ProtectionDomain.class);
        for (String name : CLASSES) {
            define(jar, PACKAGE + name, unsafe, defineClass);
        }
    }

    private static void define(JarFile jar, String name, Object unsafe, Method defineClass)
            throws IOException, ReflectiveOperationException {
        try (InputStream in = jar.getInputStream(jar.getJarEntry(name + ".class"))) {
            byte[] bytes = in.readAllBytes();
            defineClass.invoke(unsafe, name, bytes, 0, bytes.length, null, null);
        } catch (InvocationTargetException e) {
            throw new ReflectiveOperationException("defining " + name, e.getCause());
        }
    }
}
