package io.plumbline.benchmarks.inside;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;

/**
 * A Java agent that opens the agent jar as the agent's own entry does (bridge in the bootstrap loader, all else in the
 * agent's class loader) and runs a class of the proofs there. Knows the JDK alone, since it is all that its jar holds.
 *
 * <p>Arguments, separated by {@code |}: the agent jar, the folder of the proofs' classes, the class to run, and what its
 * {@code static void run(List<String>, Instrumentation)} gets.
 */
public final class InsideAgent {
    private static final int OWN_ARGUMENTS = 3;

    private InsideAgent() {}

    /** Called by the JVM before {@code main}. Ends the JVM with code 3 when the class can't be run. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        List<String> all = Arrays.asList(arguments.split("\\|"));
        try {
            ClassLoader loader = open(new File(all.get(0)), new File(all.get(1)), instrumentation);
            loader.loadClass(all.get(2))
                    .getMethod("run", List.class, Instrumentation.class)
                    .invoke(null, all.subList(OWN_ARGUMENTS, all.size()), instrumentation);
        } catch (Throwable t) {
            t.printStackTrace();
            Runtime.getRuntime().halt(3);
        }
    }

    /** By reflection: the entry's helpers are no API, and what stands here must follow them. */
    private static ClassLoader open(File agentJar, File classes, Instrumentation instrumentation) throws Exception {
        Method bridge = Class.forName("io.plumbline.agent.boot.BridgeLoader")
                .getDeclaredMethod("load", File.class, Instrumentation.class);
        bridge.setAccessible(true);
        bridge.invoke(null, agentJar, instrumentation);
        Constructor<?> agent =
                Class.forName("io.plumbline.agent.boot.AgentClassLoader").getDeclaredConstructor(File.class);
        agent.setAccessible(true);
        ClassLoader agentLoader = (ClassLoader) agent.newInstance(agentJar);
        return new URLClassLoader("plumbline-proof", new URL[] {classes.toURI().toURL()}, agentLoader);
    }
}
