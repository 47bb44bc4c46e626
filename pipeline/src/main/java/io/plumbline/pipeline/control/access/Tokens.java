package io.plumbline.pipeline.control.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.Definers;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens that there are, as the topic {@link Topics#TOKENS} says. A record that none of our keys signed counts for nothing: who may
 * write to Kafka makes no token there.
 *
 * <p>Threads: the reader writes, requests read.
 */
public final class Tokens implements Bearers {
    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    private final Definers makers;
    private final Clock clock;
    private final String startHash;
    private final Object lock = new Object();
    /** By name. Guarded by the lock. */
    private final Map<String, Token> tokens = new TreeMap<>();

    /**
     * @param makers lets through nothing unsigned
     * @param startToken opens everything while this process runs
     */
    public Tokens(Definers makers, Clock clock, String startToken) {
        this.makers = makers;
        this.clock = clock;
        this.startHash = Token.hash(startToken);
    }

    /** What to do with the topic's records. */
    public Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers() {
        return Map.of(Topics.TOKENS, this::take);
    }

    /** All that were made and not yet forgotten, also expired and revoked ones. */
    public List<Token> all() {
        synchronized (lock) {
            return List.copyOf(tokens.values());
        }
    }

    public Optional<Token> named(String name) {
        synchronized (lock) {
            return Optional.ofNullable(tokens.get(name));
        }
    }

    /**
     * {@inheritDoc} Looks at every token, whatever it finds.
     */
    @Override
    public Caller caller(String secret) {
        String hash = Token.hash(secret);
        Token found = null;
        for (Token token : all()) {
            found = token.hasHash(hash) ? token : found;
        }
        if (MessageDigest.isEqual(startHash.getBytes(US_ASCII), hash.getBytes(US_ASCII))) {
            return Caller.START;
        }
        if (found == null) {
            throw Problem.unauthorized(
                    "there is no such token; send that of control.json, which lies in the data folder, or one that"
                            + " 'plumb token create' made, as 'Authorization: Bearer TOKEN'");
        }
        if (found.revoked()) {
            throw Problem.unauthorized("the token '" + found.name() + "' was revoked; ask an admin for another");
        }
        if (!clock.instant().isBefore(found.expires())) {
            throw Problem.unauthorized(
                    "the token '" + found.name() + "' expired at " + found.expires() + "; ask an admin for another");
        }
        return new Caller(found.name(), found.role(), found.bounds());
    }

    private void take(String name, ConsumerRecord<String, String> kafkaRecord) {
        synchronized (lock) {
            if (!makers.admits(kafkaRecord)) {
                return;
            }
            try {
                if (kafkaRecord.value() == null) {
                    tokens.remove(name);
                } else {
                    Token token = Token.parse(kafkaRecord.value());
                    tokens.put(token.name(), token);
                }
            } catch (InvalidInputException | IllegalArgumentException e) {
                LOG.warn("passing over the token '{}', which can't be read: {}", name, e.getMessage());
            }
        }
    }
}
