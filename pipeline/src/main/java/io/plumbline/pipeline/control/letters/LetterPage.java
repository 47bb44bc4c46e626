package io.plumbline.pipeline.control.letters;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The dead letters of one look backwards that match, newest first, and a count of all that were seen.
 *
 * <p>The bargain: only so many are kept; {@link #next} says where to go on.
 *
 * <p>Threads: belongs to one request.
 */
final class LetterPage {
    private static final Comparator<Letter> NEWEST_FIRST = Comparator.comparing(
                    (Letter letter) -> letter.head().time())
            .thenComparing(letter -> letter.id().offset())
            .reversed();

    private final LetterQuery query;
    private final Predicate<LetterId> wasReplayed;
    private final int limit;
    private final long maxBytes;
    private final boolean untilFull;
    private final List<Letter> kept = new ArrayList<>();
    /** By exporter, then by cause. */
    private final Map<String, Map<String, Long>> counts = new TreeMap<>();
    /** By partition, what is kept of it. */
    private final Map<Integer, Integer> keptOf = new TreeMap<>();
    /** By partition: from which offset on it has been looked at. */
    private final Map<Integer, Long> lows = new TreeMap<>();
    /** By partition: where the look began. */
    private final Map<Integer, Long> highs = new TreeMap<>();

    private long keptBytes;
    private long scanned;
    private long replayed;
    private boolean reachedAll = true;

    /**
     * @param limit how many letters are kept
     * @param maxBytes how large the content of those may be
     * @param untilFull whether a partition is left when so many of it are kept, all of which are shown; else the count goes on,
     *     and the newest of all partitions are shown
     */
    LetterPage(LetterQuery query, Predicate<LetterId> wasReplayed, int limit, long maxBytes, boolean untilFull) {
        this.query = query;
        this.wasReplayed = wasReplayed;
        this.limit = limit;
        this.maxBytes = maxBytes;
        this.untilFull = untilFull;
    }

    void begin(int partition, long high) {
        highs.put(partition, high);
        lows.put(partition, high);
    }

    /** The next older one of a partition. */
    void add(Letter letter) {
        scanned++;
        if (!query.matches(letter)) {
            return;
        }
        if (!query.replayed() && wasReplayed.test(letter.id())) {
            replayed++;
            return;
        }
        counts.computeIfAbsent(letter.head().exporter(), any -> new TreeMap<>())
                .merge(letter.head().cause(), 1L, Long::sum);
        if (isFull(letter.id().partition())) {
            return;
        }
        kept.add(letter);
        keptOf.merge(letter.id().partition(), 1, Integer::sum);
        keptBytes += letter.bytes();
    }

    /** Whether there is no use in going on in this partition. */
    boolean isEnough(int partition) {
        return untilFull && isFull(partition);
    }

    /** A partition has been looked at from here on. */
    void end(int partition, long low, boolean isAll) {
        lows.put(partition, low);
        reachedAll &= isAll;
    }

    long scanned() {
        return scanned;
    }

    /** Matching ones that were sent again already. */
    long replayed() {
        return replayed;
    }

    /** Whether nothing older was left out of the counts. */
    boolean isComplete() {
        return reachedAll;
    }

    List<Letter> letters() {
        return kept.stream()
                .sorted(NEWEST_FIRST)
                .limit(untilFull ? kept.size() : limit)
                .toList();
    }

    /** Where the next older page begins, as {@link LetterQuery#before}; "" when there is none. */
    String next() {
        Map<Integer, Long> shownFrom = new TreeMap<>();
        letters()
                .forEach(letter ->
                        shownFrom.merge(letter.id().partition(), letter.id().offset(), Math::min));
        long matching = counts.values().stream()
                .flatMap(causes -> causes.values().stream())
                .mapToLong(Long::longValue)
                .sum();
        if (matching > letters().size()) {
            return cursor(partition -> shownFrom.getOrDefault(partition, highs.get(partition)));
        }
        return reachedAll ? "" : cursor(lows::get);
    }

    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "letters",
                letters().stream()
                        .map(letter -> letter.map(wasReplayed.test(letter.id())))
                        .toList());
        List<Map<String, Object>> all = new ArrayList<>();
        counts.forEach((exporter, causes) -> causes.forEach((cause, letters) -> {
            Map<String, Object> count = new LinkedHashMap<>();
            count.put("exporter", exporter);
            count.put("cause", cause);
            count.put("letters", letters);
            all.add(count);
        }));
        map.put("counts", all);
        map.put("replayed", replayed);
        map.put("scanned", scanned);
        map.put("complete", reachedAll);
        map.put("next", next());
        return map;
    }

    /** Whether no more of this partition will be kept. */
    private boolean isFull(int partition) {
        return keptOf.getOrDefault(partition, 0) >= limit || keptBytes >= maxBytes;
    }

    private String cursor(IntFunction<Long> offsetOf) {
        return highs.keySet().stream()
                .map(partition -> partition + "-" + offsetOf.apply(partition))
                .collect(Collectors.joining(","));
    }
}
