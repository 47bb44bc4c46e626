package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntries;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the records of one action come from, for hits at one site. Where the probe has no cap of its own, they have the
 * cap of their kind; what is over is counted under {@code rate}, what finds no free record under {@code buffer-full}.
 */
abstract class Records extends LogEntries {
    private final ProbeTap tap;
    private final Place place;
    private final Credit credit;

    /**
     * Where hits come from.
     *
     * @param line 0 where the class does not tell
     * @param names of the values; empty where the action knows them
     */
    record Place(String function, int line, String[] names) {
        static final Place NONE = new Place("", 0, new String[0]);
    }

    /** What the sites of one action share. */
    static final class Credit {
        private final int perSecond;
        private final AtomicLong left;
        private final LongAdder overRate = new LongAdder();
        private final LongAdder full = new LongAdder();

        Credit(int perSecond) {
            this.perSecond = perSecond;
            this.left = new AtomicLong(perSecond);
        }

        /** A plain read answers while there is none, so that threads over the cap don't fight for one number. */
        private boolean take() {
            if (left.getPlain() > 0 && left.getAndDecrement() > 0) {
                return true;
            }
            overRate.increment();
            return false;
        }
    }

    Records(ProbeTap tap, Place place, Credit credit) {
        this.tap = tap;
        this.place = place;
        this.credit = credit;
    }

    /** Whether the cap that holds in place of one of the probe's own allows this hit. */
    final boolean isAllowed() {
        return tap.isCapped() || credit.take();
    }

    /** A hit goes without a record. */
    final void full() {
        credit.full.increment();
    }

    final Credit credit() {
        return credit;
    }

    final void tick() {
        credit.left.set(credit.perSecond);
    }

    final void addDropped(Map<String, Long> counts) {
        ProbeTap.put(counts, "rate", credit.overRate);
        ProbeTap.put(counts, "buffer-full", credit.full);
    }

    final ProbeTap tap() {
        return tap;
    }

    final Place place() {
        return place;
    }
}
