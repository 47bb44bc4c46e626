package io.plumbline.agent.weave;

/** Which classes may be probed at all. */
final class Eligible {
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    private Eligible() {}

    /**
     * @param className with dots
     */
    static boolean is(ClassLoader loader, String className) {
        if (loader == null || loader == PLATFORM) {
            return false;
        }
        return !isAgent(className) && !"plumbline-agent".equals(loader.getName());
    }

    private static boolean isAgent(String className) {
        return className.startsWith("io.plumbline.agent.");
    }

    /** Why a class is not probed. */
    static String reason(String className) {
        return isAgent(className)
                ? "the agent does not probe itself: " + className
                : "classes of the JDK are not probed: " + className;
    }
}
