package io.plumbline.pipeline.cli;

import static io.plumbline.pipeline.cli.Given.put;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What can be said of a log record beside its template. */
final class LogOptions {
    @Option(names = "--level", paramLabel = "LEVEL", description = "Its level: trace, debug, info, warn or error.")
    private String level;

    @Option(names = "--logger", paramLabel = "NAME", description = "By this logger of the program's own log.")
    private String logger;

    @Option(names = "--lift", description = "There, also what the logger's level would keep back.")
    private boolean lift;

    /** Whether something is said of the program's own logger. */
    boolean namesLogger() {
        return logger != null || lift;
    }

    /** One log action as a definition has it. */
    Map<String, Object> log(String template, BesideOption beside) {
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("template", template);
        put(log, "level", level);
        put(log, "beside", besideLog(beside));
        return log;
    }

    /** To name a logger is to want it. */
    private Object besideLog(BesideOption beside) {
        if (!namesLogger()) {
            return beside.form();
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        put(wanted, "logger", logger);
        put(wanted, "lift", lift ? Boolean.TRUE : null);
        return wanted;
    }
}
