package io.plumbline.agent.quiet;

import java.util.logging.Level;

/**
 * Stands for {@link java.util.logging.Logger} in the agent's libraries, and logs nothing: to ask for a real one would start
 * the program's logging before the application has said what it is to be. Has those of its methods that they call; a test
 * holds that.
 */
public final class QuietLogger {
    private static final QuietLogger INSTANCE = new QuietLogger();

    private QuietLogger() {}

    public static QuietLogger getLogger(String name) {
        return INSTANCE;
    }

    public boolean isLoggable(Level level) {
        return false;
    }

    public void fine(String message) {}

    public void info(String message) {}

    public void warning(String message) {}

    public void log(Level level, String message) {}

    public void log(Level level, String message, Throwable thrown) {}

    public void log(Level level, String message, Object[] parameters) {}
}
