package io.plumbline.agent.capture;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells by a frame of a stack whether its class is of the JDK's own two loaders, as {@link Shapes#isJdk} does by the class. A frame
 * names its module, and its loader where that has a name; many loaders of applications have none.
 */
final class CoreClasses {
    private static final String PLATFORM = "platform";

    private static final Set<String> MODULES = ModuleLayer.boot().modules().stream()
            .filter(module -> isCore(module.getClassLoader()))
            .map(Module::getName)
            .collect(Collectors.toUnmodifiableSet());

    private static final int MAX_KNOWN = 1_024;

    /** Classes of unnamed modules and loaders: whether the bootstrap loader has one of that name, as agents add some to it. */
    private static final Map<String, Boolean> KNOWN = new HashMap<>();

    private CoreClasses() {}

    static boolean has(StackTraceElement frame) {
        String loader = frame.getClassLoaderName();
        if (frame.getModuleName() != null) {
            return (loader == null || loader.equals(PLATFORM)) && MODULES.contains(frame.getModuleName());
        }
        return loader == null && isInBootstrap(frame.getClassName());
    }

    private static boolean isInBootstrap(String type) {
        synchronized (KNOWN) {
            if (KNOWN.size() >= MAX_KNOWN) {
                KNOWN.clear();
            }
            return KNOWN.computeIfAbsent(type, CoreClasses::isFoundInBootstrap);
        }
    }

    private static boolean isFoundInBootstrap(String type) {
        try {
            Class.forName(type, false, null);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static boolean isCore(ClassLoader loader) {
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
