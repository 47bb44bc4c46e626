package io.plumbline.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What breaks in a soak, one thing after the other; each is mended before the next. */
final class SoakFaults {
    private static final int FIRST_SECOND = 90;
    private static final int EVERY_SECONDS = 150;

    /** Before the end nothing breaks any more. */
    private static final int QUIET_SECONDS = 60;

    private final SoakCast cast;
    private final long untilSecond;
    private final List<String> done = new ArrayList<>();
    private final Fault[] order = Fault.values();
    private Fault now;
    private long endSecond;
    private int count;

    /** Does something to the processes. */
    private interface Deed {
        void to(SoakCast cast) throws Exception;
    }

    /** What may break, for how many seconds, and how. */
    private enum Fault {
        BROKER_KILLED(
                "the broker is killed, and away for 10 s",
                10,
                cast -> cast.broker().kill(),
                SoakCast::startBroker),
        BACKEND_FAILS(
                "the log backend answers 503 for 30 s",
                30,
                cast -> cast.logs.answer(503),
                cast -> cast.logs.answer(200)),
        PIPELINE_KILLED(
                "the pipeline is killed, and away for 10 s", 10, cast -> cast.plumb.killUp(), SoakCast::startPipeline),
        BROKER_FROZEN(
                "the broker stands still for 15 s",
                15,
                cast -> signal(cast.broker(), "-STOP"),
                cast -> signal(cast.broker(), "-CONT")),
        BACKEND_BUSY(
                "the log backend answers 429 for 30 s",
                30,
                cast -> cast.logs.answer(429),
                cast -> cast.logs.answer(200)),
        PROGRAM_FROZEN(
                "a probed program stands still for 10 s",
                10,
                cast -> signal(cast.ticker(), "-STOP"),
                cast -> signal(cast.ticker(), "-CONT"));

        private final String words;
        private final int seconds;
        private final Deed begin;
        private final Deed end;

        Fault(String words, int seconds, Deed begin, Deed end) {
            this.words = words;
            this.seconds = seconds;
            this.begin = begin;
            this.end = end;
        }

        private static void signal(Jvm process, String signal) throws Exception {
            int code = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("kill " + signal + " " + process.pid() + " ended with " + code);
            }
        }
    }

    SoakFaults(SoakCast cast, Duration length) {
        this.cast = cast;
        this.untilSecond = length.toSeconds() - QUIET_SECONDS;
    }

    /** Begins or ends what is due. */
    void go(int second) throws Exception {
        if (now != null && second >= endSecond) {
            finish();
        } else if (now == null && second >= FIRST_SECOND + count * EVERY_SECONDS && second < untilSecond) {
            now = order[count++ % order.length];
            endSecond = second + now.seconds;
            done.add(String.format(Locale.ROOT, "%d:%02d %s", second / 60, second % 60, now.words));
            now.begin.to(cast);
        }
    }

    boolean isUnderWay() {
        return now != null;
    }

    /** Mends what is broken. */
    void finish() throws Exception {
        if (now != null) {
            Fault ended = now;
            now = null;
            ended.end.to(cast);
        }
    }

    /** What broke, and when. */
    List<String> done() {
        return done;
    }
}
