package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.pipeline.control.access.OneTimeToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OneTimeTokenTest {
    private final ManualClock clock = new ManualClock();
    private final OneTimeToken token = new OneTimeToken(clock);

    private static final class ManualClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void opensOnce() {
        assertThat(token.use("guess")).isFalse();
        assertThat(token.use(token.secret())).isTrue();
        assertThat(token.use(token.secret())).isFalse();
    }

    @Test
    void opensNothingAfterTenMinutes() {
        clock.now = Instant.EPOCH.plus(Duration.ofMinutes(10));

        assertThat(token.use(token.secret())).isFalse();
    }

    @Test
    void ofManyAtOnce_oneSucceeds() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tries = IntStream.range(0, 64)
                    .<Callable<Boolean>>mapToObj(any -> () -> token.use(token.secret()))
                    .toList();
            int opened = 0;
            for (var each : pool.invokeAll(tries)) {
                opened += each.get() ? 1 : 0;
            }
            assertThat(opened).isOne();
        } finally {
            pool.shutdownNow();
        }
    }
}
