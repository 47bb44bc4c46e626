package io.plumbline.agent.boot;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;

/**
 * The agent's entry, by {@code -javaagent:} and by attaching. Does three things: puts the bridge into the bootstrap
 * loader, opens the class loader that hides everything else from the application, and starts the agent there.
 *
 * <p>Never throws into a starting application: a failure is one line on standard error, and the program runs without
 * the agent. An attaching tool is told instead.
 */
public final class AgentBoot {
    /** Holds the instance's id while an agent runs in this JVM; tells tools that one is there. */
    private static final String INSTANCE_PROPERTY = "plumbline.instance";

    private AgentBoot() {}

    /** Called by the JVM before {@code main}. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        try {
            start(arguments, instrumentation);
        } catch (Throwable t) {
            System.err.println("plumbline: the agent is not running: " + reason(t));
        }
    }

    /**
     * Called by the JVM when somebody attaches.
     *
     * @throws IllegalStateException with the reason, which the JVM prints on this process's standard error
     */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        try {
            start(arguments, instrumentation);
        } catch (Throwable t) {
            throw new IllegalStateException("plumbline: the agent is not running: " + reason(t), t);
        }
    }

    private static void start(String arguments, Instrumentation instrumentation) throws Exception {
        synchronized (AgentBoot.class) {
            if (System.getProperty(INSTANCE_PROPERTY) != null) {
                return;
            }
            File file = agentFile();
            BridgeLoader.load(file, instrumentation);
            ClassLoader loader = new AgentClassLoader(file);
            loader.loadClass("io.plumbline.agent.PlumblineAgent")
                    .getMethod("start", String.class, Instrumentation.class)
                    .invoke(null, arguments, instrumentation);
        }
    }

    private static File agentFile() throws URISyntaxException, IOException {
        return new File(AgentBoot.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .getCanonicalFile();
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
