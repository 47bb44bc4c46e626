package io.plumbline.pipeline.control.history;

import io.plumbline.config.probe.Probe;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.tail.SignalForm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Hands out the last signals of a probe, from the signal topics. It keeps nothing itself, so a restart loses nothing that Kafka has.
 *
 * <p>The bargain: {@link #AT_ONCE} requests read at the same time, each for a few seconds at most; others wait a moment and are then sent
 * away, so that the server's threads stay for who sets and removes.
 *
 * <p>Threads: any.
 */
public final class KeptSignals {
    static final int AT_ONCE = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int FETCH_WAIT_MILLIS = 10;

    /** Clocks of programs differ from ours. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private final Map<String, Object> kafka;
    private final Registry registry;
    private final Clock clock;
    private final Semaphore seats = new Semaphore(AT_ONCE, true);

    /**
     * What was found.
     *
     * @param signals newest last
     * @param matching all that matched, kept or not
     * @param complete whether all was looked at that could have some
     * @param searchedBack everything after that was looked at
     */
    public record Kept(List<Map<String, Object>> signals, long matching, boolean complete, Instant searchedBack) {}

    /** There were too many requests at the same time. */
    static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Busy() {
            super(null, null, false, false);
        }
    }

    public KeptSignals(Map<String, Object> kafka, Registry registry, Clock clock) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(ConsumerConfig.CLIENT_ID_CONFIG, "plumbline-history");
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // a fetch that waits at the end of one partition would keep the next partition waiting
        this.kafka.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        this.kafka.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * The last signals.
     *
     * @param probe one that is there, or was since this process started
     * @param since a time or how long ago; empty for the probe's start
     * @param view what becomes of each signal for who asks
     */
    Kept last(String probe, String limit, String since, Caller caller, UnaryOperator<Map<String, Object>> view) {
        Probe known = registry.probe(probe).orElse(null);
        Set<SignalKind> kinds = known == null ? Set.of(SignalKind.values()) : SignalsQuery.kinds(known);
        Wanted wanted = new Wanted(probe, kinds, SignalsQuery.limit(limit), since, any -> true);
        return find(wanted, caller, signal -> view.apply(SignalForm.of(signal)));
    }

    /** The last signals of those wanted, each in the form that it is given. */
    Kept find(Wanted wanted, Caller caller, Function<Signal, Map<String, Object>> form) {
        Instant now = clock.instant();
        String since = wanted.since();
        Probe known = registry.probe(wanted.probe()).orElse(null);
        Instant from = since.isEmpty() ? Instant.EPOCH : SignalsQuery.since(since, now);
        Instant start = since.isEmpty() && known != null ? known.created() : from;
        SignalsQuery query = new SignalsQuery(
                wanted, from, start.equals(Instant.EPOCH) ? start : start.minus(SLACK), caller.bounds());
        return search(query, form, now);
    }

    private Kept search(SignalsQuery query, Function<Signal, Map<String, Object>> form, Instant now) {
        takeSeat();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Found found = new Found(query, form);
            BackwardSearch search = new BackwardSearch(consumer, query, found);
            search.run();
            return new Kept(found.signals(), found.matching(), search.isComplete(), search.searchedBack(now));
        } catch (KafkaException e) {
            throw Problem.unavailable("Kafka does not answer (" + e.getMessage() + "); check that the broker runs");
        } finally {
            seats.release();
        }
    }

    private void takeSeat() {
        try {
            if (!seats.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the control plane is closing; try again when it is back");
        }
    }
}
