package io.plumbline.agent;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The agent's own log: nothing by default, for it lives in somebody else's program; standard error or a file on wish. A
 * message that repeats is written once a minute.
 */
final class AgentLog implements Consumer<String> {
    private static final long QUIET_MILLIS = 60_000;

    private final PrintStream out;
    private String last = "";
    private long lastMillis;

    private AgentLog(PrintStream out) {
        this.out = out;
    }

    /**
     * @param where nothing, {@code stderr}, or a file's path
     */
    static AgentLog to(Optional<String> where) {
        if (where.isEmpty()) {
            return new AgentLog(null);
        }
        if (where.get().equals("stderr")) {
            return new AgentLog(System.err);
        }
        try {
            return new AgentLog(new PrintStream(
                    Files.newOutputStream(Path.of(where.get()), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    true,
                    StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException("plumbline.log names a file that can't be written: " + where.get(), e);
        }
    }

    @Override
    public synchronized void accept(String message) {
        long now = System.currentTimeMillis();
        if (out == null || (message.equals(last) && now - lastMillis < QUIET_MILLIS)) {
            return;
        }
        last = message;
        lastMillis = now;
        out.println(Instant.now() + " plumbline: " + message);
    }
}
