package io.plumbline.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What had to arrive in a soak, known from the programs themselves, beside what the backends have. */
final class SoakTruth {
    private final long orders;
    private final long ticks;
    private final long tickLogs;
    private final int firstLog;

    private long paid;
    private long ways;
    private long counted;
    private long sampledOut;
    private BulkBackend.Numbers logged = new BulkBackend.Numbers(0, 0, 0, 0, List.of());

    /**
     * @param orders accepted, as the load says
     * @param firstTick that counts
     * @param lastTick the first that counts no longer
     * @param logEvery one log record for so many ticks
     */
    SoakTruth(long orders, int firstTick, int lastTick, int logEvery) {
        this.orders = orders;
        this.ticks = lastTick - firstTick;
        this.tickLogs = ticks / logEvery;
        this.firstLog = firstTick / logEvery;
    }

    /** Reads what has arrived by now. */
    void look(SoakCast cast) throws Exception {
        Scrape scrape = new Scrape(cast.plumb.metricsUrl());
        paid = (long) scrape.sum("soak_paid_total", "");
        counted = (long) scrape.sum("soak_ticks_total", "");
        ways = cast.spans.spans("soak-way A→B").size();
        logged = cast.logs.numbers("tick");
    }

    /** Of the passes counted so many were sampled out: where a condition begins or ends, weights may be off by as much. */
    void allow(long sampledOut) {
        this.sampledOut = sampledOut;
    }

    /** A row for each thing that had to arrive. */
    List<String> rows() {
        return List.of(
                row("orders, counted at a line of the shop", orders, paid),
                row("orders, as spans from the shop to payments", orders, ways),
                row("passes of the ticker's line, counted", ticks, counted),
                row("every twentieth pass, as a log record", tickLogs, logged.count()));
    }

    private static String row(String what, long had, long came) {
        return String.format(Locale.ROOT, "| %s | %,d | %,d | %,d |", what, had, came, had - came);
    }

    List<String> failures() {
        List<String> failures = new ArrayList<>();
        check(failures, "orders counted", orders, paid);
        check(failures, "spans", orders, ways);
        check(failures, "ticks counted", ticks, Math.abs(ticks - counted) <= sampledOut ? ticks : counted);
        check(failures, "ticks logged", tickLogs, logged.count());
        check(failures, "first tick logged", firstLog, logged.first());
        if (logged.missing() > 0) {
            failures.add("missing in between: " + logged.gaps());
        }
        return failures;
    }

    private static void check(List<String> failures, String what, long had, long came) {
        if (had != came) {
            failures.add(what + ": " + came + " instead of " + had);
        }
    }
}
