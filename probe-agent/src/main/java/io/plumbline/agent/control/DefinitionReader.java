package io.plumbline.agent.control;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.Targets;
import io.plumbline.config.wire.Chosen;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.config.wire.Switch;
import io.plumbline.config.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Follows the compacted topic of definitions from its beginning, and the topic of requests from its end, without a
 * consumer group: no commits, no rebalances, and every instance reads everything. Until the whole topic has been read
 * once, nothing is known to be wanted.
 *
 * <p>Used by the control thread only.
 */
final class DefinitionReader implements AutoCloseable {
    private static final TopicPartition PROBES = new TopicPartition(Topics.PROBES, 0);
    private static final TopicPartition REQUESTS = new TopicPartition(Topics.REQUESTS, 0);
    private static final TopicPartition CLAIMS = new TopicPartition(Topics.CLAIMS, 0);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final Map<String, Object> config;
    private final Predicate<Targets> mine;
    private final Consumer<String> requests;
    private final Claims claims;
    private final Vetting vetting;
    private final Consumer<String> log;
    private final Map<String, Probe> definitions = new LinkedHashMap<>();
    private final Map<String, RolloutStage> stages = new HashMap<>();
    private final Map<String, Chosen> chosen = new HashMap<>();
    private Switch switchedOff = Switch.ON;
    private KafkaConsumer<String, String> consumer;
    private boolean complete;

    /**
     * @param mine whether such targets mean this instance; what does not is not kept
     */
    DefinitionReader(
            Map<String, Object> client,
            String clientId,
            Predicate<Targets> mine,
            Consumer<String> requests,
            Claims claims,
            Vetting vetting,
            Consumer<String> log) {
        this.config = new HashMap<>(client);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2_000);
        this.mine = mine;
        this.requests = requests;
        this.claims = claims;
        this.vetting = vetting;
        this.log = log;
    }

    /**
     * Waits for news, at most so long.
     *
     * @return whether there are any
     */
    boolean poll(Duration timeout) {
        try {
            connect();
            followClaims();
            boolean wasComplete = complete;
            boolean news = false;
            for (ConsumerRecord<String, String> record : consumer.poll(timeout)) {
                news |= take(record);
            }
            if (!complete) {
                complete = isAtEnd();
            }
            return complete && (news || !wasComplete);
        } catch (InvalidOffsetException e) {
            claims.startAgain();
            vetting.startAgain();
            definitions.clear();
            startAgain();
            return false;
        }
    }

    /** Whether all definitions that there are have been read. */
    boolean isComplete() {
        return complete;
    }

    /** Gives the connection up; the next poll makes another. What was read stays until it has been read again. */
    void reset() {
        close();
        complete = false;
    }

    private void connect() {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
            consumer.assign(List.of(PROBES, REQUESTS));
            startAgain();
            claims.reread();
        }
    }

    /** The topic of claims is read only while there is a probe that needs it. */
    private void followClaims() {
        boolean assigned = consumer.assignment().contains(CLAIMS);
        if (claims.mustReread()) {
            consumer.assign(List.of(PROBES, REQUESTS, CLAIMS));
            if (claims.nextOffset() == 0) {
                consumer.seekToBeginning(List.of(CLAIMS));
            } else {
                consumer.seek(CLAIMS, claims.nextOffset());
            }
            claims.rereading();
        } else if (assigned && !claims.isWanted()) {
            consumer.assign(List.of(PROBES, REQUESTS));
        }
    }

    /**
     * The topic is read from its beginning, and what was read of it is void. But for what was signed: it stands until something signed
     * takes its place, for what is not there any more may have been overwritten by anybody.
     */
    private void startAgain() {
        if (!vetting.isAsked()) {
            definitions.clear();
            switchedOff = Switch.ON;
        }
        complete = false;
        consumer.seekToBeginning(List.of(PROBES));
        consumer.seekToEnd(List.of(REQUESTS));
    }

    private boolean isAtEnd() {
        OptionalLong lag = consumer.currentLag(PROBES);
        return lag.isPresent() && lag.getAsLong() == 0;
    }

    private boolean take(ConsumerRecord<String, String> record) {
        try {
            if (!vetting.admits(record)) {
                return false;
            }
            if (record.topic().equals(Topics.REQUESTS)) {
                requests.accept(record.value());
                return false;
            }
            if (record.topic().equals(Topics.CLAIMS)) {
                claims.take(record.key(), record.value(), record.offset());
                return false;
            }
            if (record.key().equals(Topics.SWITCH_KEY)) {
                switchedOff = record.value() == null ? Switch.ON : Switch.parse(record.value());
            } else if (RolloutStage.isKey(record.key())) {
                takeStage(record.key(), record.value());
            } else if (Chosen.isKey(record.key())) {
                takeChosen(record.key(), record.value());
            } else if (record.value() == null) {
                definitions.remove(record.key());
            } else {
                ProbeReader.wire(record.value(), mine)
                        .ifPresentOrElse(
                                probe -> definitions.put(record.key(), probe), () -> definitions.remove(record.key()));
            }
        } catch (RuntimeException e) {
            log.accept("a record of " + record.topic() + " can't be read and is left out: " + e.getMessage());
        }
        return true;
    }

    private void takeStage(String key, String value) {
        if (value == null) {
            stages.remove(key);
        } else {
            stages.put(key, RolloutStage.parse(value));
        }
    }

    private void takeChosen(String key, String value) {
        if (value == null) {
            chosen.remove(key);
        } else {
            chosen.put(key, Chosen.parse(value));
        }
    }

    /** Whether an instance is among those chosen for a probe with {@code one-per}. */
    boolean isChosen(String probe, String instance) {
        Chosen known = chosen.get(Chosen.key(probe));
        return known != null && known.instances().contains(instance);
    }

    /** How far a probe's rollout has come; null when nothing was said. */
    RolloutStage stage(String probe) {
        return stages.get(RolloutStage.key(probe));
    }

    /** The definitions as of now, of those that may be meant for this instance. */
    Map<String, Probe> definitions() {
        return definitions;
    }

    Switch switchedOff() {
        return switchedOff;
    }

    @Override
    public void close() {
        KafkaConsumer<String, String> closing = consumer;
        consumer = null; // also when it can't be closed, as when there is no memory
        if (closing != null) {
            try {
                closing.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE_TIMEOUT));
            } catch (KafkaException e) {
                log.accept("closing the consumer failed: " + e);
            } catch (Exception e) {
                // the last that a client does is to ask for the MBeans that it has none of; what it throws then is
                // undeclared
            }
        }
    }
}
