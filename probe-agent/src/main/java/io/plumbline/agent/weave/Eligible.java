package io.plumbline.agent.weave;

import java.lang.reflect.Proxy;

/** Which classes may be probed at all. */
final class Eligible {

    private Eligible() {}

    /**
     * Whether a class may be probed. One of the JDK only if a location names it in full, which is not asked here.
     *
     * @param className with dots
     */
    static boolean is(ClassLoader loader, String className) {
        if (JdkClasses.isLoader(loader)) {
            return !isAgent(className) && JdkClasses.denial(className) == null;
        }
        return !isAgent(className) && !"plumbline-agent".equals(loader.getName());
    }

    private static boolean isAgent(String className) {
        return className.startsWith("io.plumbline.agent.");
    }

    /** Why a loaded class is not probed; null when it may be. */
    static String reasonAgainst(Class<?> type) {
        String name = type.getName();
        if (type.isHidden()) {
            return "a hidden class, which the JVM lets nobody change: " + name
                    + "; the body of a lambda is a method of the class that it is written in";
        }
        if (!is(type.getClassLoader(), name)) {
            return reason(name);
        }
        return Proxy.isProxyClass(type)
                ? "a proxy that the JVM made at run time has no lines: " + name + "; probe its handler's class"
                : null;
    }

    private static String reason(String className) {
        String denial = JdkClasses.denial(className);
        return denial == null
                ? "the agent does not probe itself: " + className
                : "this class of the JDK is not probed, for " + denial + ": " + className;
    }
}
