package io.plumbline.exporters.datadog;

import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Signal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Logs as entries, those left out that are older than Datadog takes. */
final class LogEntries implements Entries {
    private static final Duration MAX_AGE = Duration.ofHours(18);

    private final List<String> tags;
    private final Clock clock;

    LogEntries(List<String> tags, Clock clock) {
        this.tags = tags;
        this.clock = clock;
    }

    @Override
    public void begin() {
        // Logs do not build on each other.
    }

    @Override
    public byte[] write(Signal signal) throws UnfitException {
        LogSignal log = (LogSignal) signal;
        long nowMillis = clock.millis();
        long millis = log.bestTimeUnixNano() == 0 ? nowMillis : log.bestTimeUnixNano() / 1_000_000;
        if (nowMillis - millis > MAX_AGE.toMillis()) {
            throw new UnfitException("Datadog takes logs of the last 18 hours; this one is "
                    + Duration.ofMillis(nowMillis - millis).toHours() + " hours old");
        }
        return LogEntry.bytes(log, millis, Tags.of(log, tags));
    }

    @Override
    public void keep() {
        // Nothing is remembered.
    }

    @Override
    public void commit() {
        // Nothing is remembered.
    }
}
