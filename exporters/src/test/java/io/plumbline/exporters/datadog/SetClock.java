package io.plumbline.exporters.datadog;

import io.plumbline.exporters.kit.TestSignals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes when told to. Begins before the kit's signals do. */
final class SetClock extends Clock {
    private static final Instant BEFORE =
            Instant.ofEpochSecond(0, TestSignals.START).minusSeconds(1);

    private Instant now = BEFORE;

    void setBeforeSignals() {
        now = BEFORE;
    }

    /** A second after the kit's signals. */
    void setAfterSignals() {
        now = Instant.ofEpochSecond(0, TestSignals.TIME).plusSeconds(1);
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
