package io.plumbline.agent.weave;

import java.util.List;
import java.util.Set;

/**
 * Which classes of the JDK can be probed: those that a location names in full, but for the groups below. The list stands
 * in {@code docs/probes.md} as well. Whatever the bootstrap and the platform loader define counts as the JDK's.
 */
final class JdkClasses {
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    /** Of {@code java.lang}, what no hit runs and what people look for: who ends the program, who starts another. */
    private static final Set<String> ALLOWED = Set.of(
            "java.lang.ApplicationShutdownHooks",
            "java.lang.ProcessBuilder",
            "java.lang.ProcessImpl",
            "java.lang.Runtime",
            "java.lang.Shutdown");

    private static final List<Group> DENIED = List.of(
            new Group("it is part of the language's core, which every hit runs itself", "java.lang."),
            new Group(
                    "hits count and hand over their data with it",
                    "java.util.concurrent.atomic.",
                    "java.util.concurrent.locks.",
                    "java.util.concurrent.ConcurrentHashMap",
                    "java.util.concurrent.ThreadLocalRandom"),
            new Group(
                    "the JVM runs it to load classes, where a hit could wait for the class that is being loaded",
                    "java.util.jar.",
                    "java.util.zip.",
                    "java.util.ServiceLoader",
                    "java.net.URLClassLoader",
                    "sun.net.www.protocol.jar.",
                    "sun.net.www.protocol.jrt."),
            new Group(
                    "it is the inside of the JVM, which the agent itself stands on",
                    "jdk.internal.",
                    "sun.misc.",
                    "sun.invoke.",
                    "sun.reflect.",
                    "sun.instrument.",
                    "sun.launcher.",
                    "com.sun.proxy.",
                    "jdk.proxy"),
            new Group(
                    "it handles keys, passwords or permissions",
                    "java.security.",
                    "javax.security.",
                    "javax.crypto.",
                    "javax.net.ssl.",
                    "java.net.Authenticator",
                    "java.net.PasswordAuthentication",
                    "org.ietf.jgss.",
                    "sun.security.",
                    "sun.net.www.protocol.http.",
                    "com.sun.crypto.",
                    "com.sun.security.",
                    "jdk.security."));

    private JdkClasses() {}

    /**
     * Classes that are left alone.
     *
     * @param reason the second half of "X is not probed: …"
     * @param prefixes of full names; one that ends with a dot means the packages below too, any other the class and
     *     those nested in it
     */
    private record Group(String reason, List<String> prefixes) {
        Group(String reason, String... prefixes) {
            this(reason, List.of(prefixes));
        }

        boolean has(String className) {
            return prefixes.stream().anyMatch(prefix -> isIn(prefix, className));
        }

        private static boolean isIn(String prefix, String className) {
            if (!className.startsWith(prefix)) {
                return false;
            }
            boolean isPackage = prefix.endsWith(".") || prefix.equals("jdk.proxy");
            return isPackage || className.length() == prefix.length() || className.charAt(prefix.length()) == '$';
        }
    }

    /** Whether the loader's classes are the JDK's. */
    static boolean isLoader(ClassLoader loader) {
        return loader == null || loader == PLATFORM;
    }

    /** Whether a location's type names a class of the JDK, or the one it is nested in, with its package. */
    static boolean isNamed(String type, String className) {
        return type.indexOf('.') >= 0 && ProbeTable.means(type, className, List.of());
    }

    /**
     * Why a class of the JDK is left alone; null when it may be probed.
     *
     * @param className with dots
     */
    static String denial(String className) {
        int nested = className.indexOf('$');
        if (ALLOWED.contains(nested < 0 ? className : className.substring(0, nested))) {
            return null;
        }
        return DENIED.stream()
                .filter(group -> group.has(className))
                .map(Group::reason)
                .findFirst()
                .orElse(null);
    }
}
