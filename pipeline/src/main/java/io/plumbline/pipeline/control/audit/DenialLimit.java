package io.plumbline.pipeline.control.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many refused tries are written one by one: the first few of a minute, of each token and of all without one together. The others
 * are counted.
 *
 * <p>Threads: any.
 */
public final class DenialLimit {
    public static final int EACH_MINUTE = 20;
    public static final Duration WINDOW = Duration.ofMinutes(1);

    /** Whose tries, since when, how many were not written. */
    public record Left(String who, Instant since, long count) {}

    private static final class Window {
        private final Instant since;
        private long tries;

        private Window(Instant since) {
            this.since = since;
        }
    }

    /** By token; as many as there are tokens, for names that are none count as "". Guarded by this. */
    private final Map<String, Window> windows = new HashMap<>();

    /** Whether a try is to be written. Ask for what is {@link #over} before. */
    public synchronized boolean take(String who, Instant now) {
        Window window = windows.computeIfAbsent(who, any -> new Window(now));
        return ++window.tries <= EACH_MINUTE;
    }

    /**
     * What was only counted in windows that are over; they begin anew.
     *
     * @param all whether those count as well that are not over
     */
    public synchronized List<Left> over(Instant now, boolean all) {
        List<Left> left = new ArrayList<>();
        windows.entrySet().removeIf(entry -> {
            Window window = entry.getValue();
            if (!all && now.isBefore(window.since.plus(WINDOW))) {
                return false;
            }
            long count = window.tries - EACH_MINUTE;
            if (count > 0) {
                left.add(new Left(entry.getKey(), window.since, count));
                if (all && now.isBefore(window.since.plus(WINDOW))) {
                    window.tries = EACH_MINUTE; // told so far, and the limit stands
                    return false;
                }
            }
            return !now.isBefore(window.since.plus(WINDOW));
        });
        return left;
    }
}
