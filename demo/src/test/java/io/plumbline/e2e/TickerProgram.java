package io.plumbline.e2e;

import io.plumbline.e2e.programs.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@link Ticker} in a JVM of its own under the agent. */
final class TickerProgram {
    static final String NAME = Ticker.class.getName();

    private TickerProgram() {}

    /** Starts it as service {@code ticker}. */
    static Jvm start(Path folder, Jdks.Jdk jdk, String kafka) {
        String agent = "-javaagent:" + Plumb.AGENT + "=kafka=" + kafka + ",service=ticker";
        String classes = Path.of("target/test-classes").toAbsolutePath().toString();
        return Jvm.start(folder, "ticker", jdk, Map.of(), List.of(agent, "-cp", classes, NAME));
    }

    /** The line that is hit once a tick; {@code number} and {@code sum} are in scope there. */
    static int line() {
        try {
            List<String> lines = Files.readAllLines(Path.of("src/test/java/" + NAME.replace('.', '/') + ".java"));
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains("the probed line")) {
                    return i + 1;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException("no probed line in " + NAME);
    }
}
