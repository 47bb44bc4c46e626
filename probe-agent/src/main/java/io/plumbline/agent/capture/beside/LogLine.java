package io.plumbline.agent.capture.beside;

import io.plumbline.config.probe.LogBeside;
import io.plumbline.config.probe.Severity;
import java.util.Map;

/**
 * A probe's log record as the program's own logging gets it.
 *
 * @param site the class that was hit
 * @param at the method and line that were hit
 * @param message without secrets
 * @param mdc the hit thread's
 */
public record LogLine(
        String probe,
        LogBeside how,
        Class<?> site,
        StackTraceElement at,
        Severity severity,
        String message,
        String thread,
        long epochNanos,
        Map<String, String> mdc) {

    /** The logger's name: the one the probe names, or the class's. */
    String logger() {
        return how.logger().orElse(site.getName());
    }
}
