package io.plumbline.e2e;

import io.plumbline.e2e.programs.Ticker;
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
        return Jvm.start(folder, "ticker", jdk, Map.of(), List.of(agent, "-cp", Programs.CLASSES, NAME));
    }

    /** The line that is hit once a tick; {@code number} and {@code sum} are in scope there. */
    static int line() {
        return Programs.line(Ticker.class, "the probed line");
    }
}
