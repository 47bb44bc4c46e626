package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.Source;
import io.plumbline.exporters.signal.MetricSignal;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The latest point of every series, ready to be scraped.
 *
 * <p>The bargain: one name belongs to the first family that used it, one set of labels to the first series. Whoever
 * comes second is told why and has to wait until the first has expired, which happens when no point came for the set
 * time. Expiry goes by the time of arrival, so clocks of observed machines do not matter; after an outage the series
 * of a program that has gone meanwhile show up once more, until they expire. A series whose source was lost to another
 * process goes at once, so that it is not there twice.
 *
 * <p>Threads: one lock, held for one point or one snapshot, never during I/O.
 */
final class SeriesStore {

    private final long expireAfterNanos;
    private final int maxSeries;
    private final LongSupplier nanoClock;

    private final Object lock = new Object();
    /** By name; each family stands under its first claimed name only. Guarded by the lock. */
    private final Map<String, Family> families = new TreeMap<>();
    /** Who uses a name in the exposition, suffixes included. Guarded by the lock. */
    private final Map<String, Family> claims = new HashMap<>();
    /** Guarded by the lock. */
    private int seriesCount;

    SeriesStore(Duration expireAfter, int maxSeries, LongSupplier nanoClock) {
        this.expireAfterNanos = expireAfter.toNanos();
        this.maxSeries = maxSeries;
        this.nanoClock = nanoClock;
    }

    /** Takes a point, or leaves it if a newer one is there. */
    void put(MetricSignal signal, Source source) throws UnfitPointException {
        Family.Key key = Family.Key.of(signal);
        try {
            Labels labels = SeriesLabels.of(signal);
            DataPointSnapshot point = Points.of(signal, labels);
            synchronized (lock) {
                put(family(key, signal), labels, Series.of(signal, source, point, nanoClock.getAsLong()));
            }
        } catch (IllegalArgumentException e) {
            throw new UnfitPointException(key + " cannot be exposed: " + e.getMessage());
        }
    }

    /** Lets go at once of the series whose latest point came from there: another process has them now. */
    void forget(Set<Source> sources) {
        synchronized (lock) {
            removeIf(series -> sources.contains(series.source()));
        }
    }

    MetricSnapshots snapshot() {
        synchronized (lock) {
            expire();
            return new MetricSnapshots(
                    families.values().stream().map(Family::snapshot).toList());
        }
    }

    int seriesCount() {
        synchronized (lock) {
            expire();
            return seriesCount;
        }
    }

    private Family family(Family.Key key, MetricSignal signal) throws UnfitPointException {
        Family family = families.get(key.name());
        if (family != null && family.key.equals(key)) {
            return family;
        }
        Family holder = holder(key);
        if (holder != null) {
            expire();
            holder = holder(key);
        }
        if (holder != null) {
            throw new UnfitPointException(key + " would be called " + key.name() + " in Prometheus, which belongs to "
                    + holder.key + "; rename one of them");
        }
        return new Family(key, signal.metric().description());
    }

    private Family holder(Family.Key key) {
        return key.kind().names(key.name()).stream()
                .map(claims::get)
                .filter(claim -> claim != null)
                .findFirst()
                .orElse(null);
    }

    private void put(Family family, Labels labels, Series next) throws UnfitPointException {
        Series last = family.series.get(labels);
        if (last == null) {
            checkRoom();
            claim(family);
            family.series.put(labels, next);
            seriesCount++;
        } else if (!last.attributes().equals(next.attributes()) && !isExpired(last)) {
            throw new UnfitPointException("attributes " + next.attributes().keySet() + " of " + family.key
                    + " become the same labels as " + last.attributes().keySet() + "; rename one of them");
        } else if (!next.isOlderThan(last)) {
            family.series.put(labels, next);
        }
    }

    private void checkRoom() throws UnfitPointException {
        if (seriesCount >= maxSeries) {
            expire();
        }
        if (seriesCount >= maxSeries) {
            throw new UnfitPointException("there are " + maxSeries
                    + " series already; use fewer label values or raise prometheus.max-series");
        }
    }

    private void claim(Family family) {
        families.put(family.key.name(), family);
        family.key.kind().names(family.key.name()).forEach(name -> claims.put(name, family));
    }

    private void expire() {
        removeIf(this::isExpired);
    }

    private void removeIf(Predicate<Series> gone) {
        families.values().removeIf(family -> {
            int before = family.series.size();
            family.series.values().removeIf(gone);
            seriesCount -= before - family.series.size();
            if (family.series.isEmpty()) {
                claims.values().removeIf(claim -> claim == family);
            }
            return family.series.isEmpty();
        });
    }

    private boolean isExpired(Series series) {
        return nanoClock.getAsLong() - series.arrivedNanos() > expireAfterNanos;
    }
}
