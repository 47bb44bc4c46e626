package io.plumbline.exporters.datadog;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was added to each counter and histogram since Datadog last answered for it.
 *
 * <p>The bargain: nothing moves before the answer. A request's points are drafted ({@link #of}, {@link #keep}), and only
 * {@link #commit} makes them what the next ones are measured by; a request that failed is forgotten and gives the same
 * numbers again. A point that is no newer than what was committed tells nothing.
 *
 * <p>The first value of a series counts whole where nobody can have sent a part of it before: its start is after we
 * began to remember; or it is no older than one interval of our agents; or the points of its instrument have been coming
 * for minutes, in which every series that was there before has shown itself. Otherwise it is only what the next ones are
 * measured by: after a restart of the exporter one interval of each running series is missing, and none is there twice.
 *
 * <p>Series that are not seen for an hour are forgotten; above the limit new ones are refused with a reason, which the
 * host counts.
 *
 * <p>Threads: belongs to the host's thread.
 */
final class Deltas {
    static final Duration FORGET_AFTER = Duration.ofHours(1);

    /** Our agents' usual interval: of a producer that is no quicker, one point at most is so near its start. */
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    /** Cumulative producers repeat every series, ours after 15 intervals at the latest, others after a minute or so. */
    private static final long ALL_SHOWN_NANOS = Duration.ofMinutes(5).toNanos();

    /** How far a series that has many points a second may run ahead of them. */
    private static final long MAX_AHEAD_SECONDS = 60;

    private static final long SWEEP_MILLIS = Duration.ofMinutes(1).toMillis();

    private final int maxSeries;
    private final Clock clock;
    private final Map<Key, Series> committed = new HashMap<>();
    private final Map<Key, Series> draft = new HashMap<>();
    private final Map<Instrument, Shown> instruments = new HashMap<>();
    /** Of the draft, those that are not committed under any value. */
    private int draftedNew;
    /** What {@link #keep} would put into the draft, or null. */
    private Map.Entry<Key, Series> pending;
    /** What began after this moment, in nanoseconds since 1970, can't be something that we have forgotten. */
    private long rememberedSince;

    private long sweptMillis;

    /** A series as Datadog knows it. */
    record Key(String metric, String host, List<String> tags) {}

    /**
     * What is to be sent.
     *
     * @param counts what was added, for each bucket
     * @param sum what was added to the sum, or NaN
     * @param second since 1970; no second has two deltas of one series, for Datadog would keep one of them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Delta(double[] counts, double sum, long second) {}

    /**
     * What Datadog has.
     *
     * @param second of the last delta, or 0 if there was none
     */
    private record Series(CumulativePoint last, long second, long seenMillis) {}

    /** All series of one metric in one program, since they count. */
    private record Instrument(String metric, String host, String origin, long start) {}

    private record Shown(long firstTime, long seenMillis) {}

    Deltas(int maxSeries, Clock clock) {
        this.maxSeries = maxSeries;
        this.clock = clock;
        this.sweptMillis = clock.millis();
        this.rememberedSince = clock.millis() * 1_000_000;
    }

    /**
     * What the point adds to what is committed and drafted; empty if that is nothing that can be sent now.
     *
     * @throws UnfitException if there is no room for the series, or it would be mistaken for another one
     */
    Optional<Delta> of(Key key, CumulativePoint point) throws UnfitException {
        pending = null;
        boolean isShown = isAllShown(key, point);
        Series before = draft.getOrDefault(key, committed.get(key));
        if (before == null) {
            checkRoom();
            return isWholeNew(point, isShown)
                    ? grown(key, point, new Series(point, 0, 0), point.counts(), point.sum())
                    : base(key, point, 0);
        }
        CumulativePoint last = before.last();
        checkSource(key, point, last);
        if (!point.isNewerThan(last)) {
            return Optional.empty();
        }
        if (point.beganAfter(last)) {
            return grown(key, point, before, point.counts(), point.sum());
        }
        if (!point.hasBoundsOf(last)) {
            return base(key, point, before.second());
        }
        return point.fellBelow(last)
                ? grown(key, point, before, point.counts(), point.sum())
                : grown(key, point, before, point.countsSince(last), point.sum() - last.sum());
    }

    /** A point that is no delta comes between. */
    void pass() {
        pending = null;
    }

    /** The last delta is in the request. */
    void keep() {
        if (pending != null) {
            Series before = draft.put(pending.getKey(), pending.getValue());
            if (before == null && !committed.containsKey(pending.getKey())) {
                draftedNew++;
            }
            pending = null;
        }
    }

    /** The request is with Datadog. */
    void commit() {
        committed.putAll(draft);
        forget();
        if (clock.millis() - sweptMillis >= SWEEP_MILLIS) {
            sweep();
        }
    }

    /** The request is not with Datadog, as far as we know. */
    void forget() {
        draft.clear();
        draftedNew = 0;
        pending = null;
    }

    int size() {
        return committed.size();
    }

    private Optional<Delta> base(Key key, CumulativePoint point, long second) {
        pending = Map.entry(key, new Series(point, second, clock.millis()));
        return Optional.empty();
    }

    /** In its own second, or the next one that has no delta yet; if that is too far away the next point has it in it. */
    private Optional<Delta> grown(Key key, CumulativePoint point, Series before, double[] counts, double sum) {
        long own = point.time() / 1_000_000_000;
        long second = Math.max(own, before.second() + 1);
        if (second - own > MAX_AHEAD_SECONDS) {
            return Optional.empty();
        }
        pending = Map.entry(key, new Series(point, second, clock.millis()));
        return Optional.of(new Delta(counts, sum, second));
    }

    private boolean isWholeNew(CumulativePoint point, boolean isShown) {
        boolean isStartKnown = point.start() != 0 && point.start() <= point.time();
        boolean isFirst = point.start() > rememberedSince || point.time() - point.start() <= INTERVAL_NANOS;
        return isStartKnown && (isFirst || isShown);
    }

    /** Whether the instrument's points have been coming for long enough. */
    private boolean isAllShown(Key key, CumulativePoint point) {
        String origin = key.tags().stream()
                .filter(tag -> tag.startsWith("instance:") || tag.startsWith("service:"))
                .reduce("", String::concat);
        Instrument instrument = new Instrument(key.metric(), key.host(), origin, point.start());
        if (instruments.size() >= maxSeries) {
            instruments
                    .clear(); // a producer with ever new starts; without it first values count more rarely, that is all
        }
        Shown shown = instruments.compute(
                instrument, (any, old) -> new Shown(old == null ? point.time() : old.firstTime(), clock.millis()));
        return point.time() - shown.firstTime() >= ALL_SHOWN_NANOS;
    }

    private void checkRoom() throws UnfitException {
        if (committed.size() + draftedNew >= maxSeries) {
            sweep();
        }
        if (committed.size() + draftedNew >= maxSeries) {
            throw new UnfitException(
                    "there are " + maxSeries + " series already; use fewer label values or raise datadog.max-series");
        }
    }

    private static void checkSource(Key key, CumulativePoint point, CumulativePoint last) throws UnfitException {
        if (!point.source().equals(last.source())) {
            throw new UnfitException(
                    point.source().metric() + " " + point.source().attributes().keySet()
                            + " is written in Datadog like another series, " + key.metric() + " " + key.tags()
                            + "; rename one of them or its labels");
        }
    }

    private void sweep() {
        sweptMillis = clock.millis();
        long oldest = sweptMillis - FORGET_AFTER.toMillis();
        committed.values().removeIf(series -> {
            boolean isForgotten = series.seenMillis() < oldest;
            if (isForgotten) {
                rememberedSince = Math.max(rememberedSince, series.last().time());
            }
            return isForgotten;
        });
        instruments.values().removeIf(shown -> shown.seenMillis() < oldest);
    }
}
