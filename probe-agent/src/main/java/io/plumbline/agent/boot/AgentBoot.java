package io.plumbline.agent.boot;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.util.function.Consumer;

/**
 * The agent's entry, by {@code -javaagent:} and by attaching. Does three things: puts the bridge into the bootstrap
 * loader, opens the class loader that hides everything else from the application, and starts the agent there.
 *
 * <p>A starting application waits only until the settings are read; the rest is done beside it. Never throws into it: a
 * failure is one line on standard error, and the program runs without the agent. An attaching tool waits, and is told.
 */
public final class AgentBoot {
    /** Holds the instance's id while an agent runs in this JVM; tells tools that one is there. */
    private static final String INSTANCE_PROPERTY = "plumbline.instance";

    /** Whether an agent runs here or is being started; guarded by the class. */
    private static boolean started;

    private AgentBoot() {}

    /** Told when the agent could not be started beside the application. */
    private static final class Failure implements Consumer<Throwable> {
        @Override
        public void accept(Throwable thrown) {
            synchronized (AgentBoot.class) {
                started = false;
            }
            System.err.println("plumbline: the agent is not running: " + reason(thrown));
        }
    }

    /** Called by the JVM before {@code main}. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        Failure failure = new Failure();
        try {
            start(arguments, instrumentation, failure);
        } catch (Throwable t) {
            failure.accept(t);
        }
    }

    /**
     * Called by the JVM when somebody attaches.
     *
     * @throws IllegalStateException with the reason, which the JVM prints on this process's standard error
     */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        try {
            start(arguments, instrumentation, null);
        } catch (Throwable t) {
            throw new IllegalStateException("plumbline: the agent is not running: " + reason(t), t);
        }
    }

    /**
     * @param failure told when the start fails after this has returned; null to wait for the end of it
     */
    private static void start(String arguments, Instrumentation instrumentation, Consumer<Throwable> failure)
            throws Exception {
        synchronized (AgentBoot.class) {
            if (started || System.getProperty(INSTANCE_PROPERTY) != null) {
                return;
            }
            started = true;
        }
        try {
            File file = agentFile();
            BridgeLoader.load(file, instrumentation);
            new AgentClassLoader(file)
                    .loadClass("io.plumbline.agent.PlumblineAgent")
                    .getMethod("start", String.class, Instrumentation.class, Consumer.class)
                    .invoke(null, arguments, instrumentation, failure);
        } catch (Throwable t) {
            synchronized (AgentBoot.class) {
                started = false;
            }
            throw t;
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
