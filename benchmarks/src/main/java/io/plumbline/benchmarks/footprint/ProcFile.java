package io.plumbline.benchmarks.footprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What Linux knows of a process, by {@code proc(5)}. */
final class ProcFile {
    private static final double MILLIS_A_TICK = 10;

    /** In {@code stat}, counted behind the name in brackets. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    private final Path folder;

    ProcFile(long pid) {
        this.folder = Path.of("/proc", Long.toString(pid));
    }

    /** Processor time since its start. */
    double cpuMillis() throws IOException {
        String stat = Files.readString(folder.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) * MILLIS_A_TICK;
    }

    /** How often each thread has given up the processor by itself, so how often it was woken; by name and number. */
    Map<String, Long> wakeUps() throws IOException {
        Map<String, Long> wakeUps = new HashMap<>();
        try (Stream<Path> tasks = Files.list(folder.resolve("task"))) {
            for (Path task : tasks.toList()) {
                List<String> status = Files.readAllLines(task.resolve("status"));
                wakeUps.put(
                        value(status, "Name:") + "#" + task.getFileName(),
                        Long.parseLong(value(status, "voluntary_ctxt_switches:")));
            }
        }
        return wakeUps;
    }

    private static String value(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + key + " in a status of proc"));
    }
}
