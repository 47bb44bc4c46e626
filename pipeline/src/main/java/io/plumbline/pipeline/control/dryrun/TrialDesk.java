package io.plumbline.pipeline.control.dryrun;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.wire.Topics;
import io.plumbline.config.wire.TrialReply;
import io.plumbline.config.wire.TrialRequest;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks instances what would become of probes there, all at once, and waits for the answers.
 *
 * <p>Threads: requests ask, the reader's thread brings the answers.
 */
public final class TrialDesk {
    private static final Logger LOG = LoggerFactory.getLogger(TrialDesk.class);

    private final Writer writer;

    /** By request id. Filled by requests, read by the reader's thread. */
    private final Map<String, CompletableFuture<TrialReply>> waiting = new ConcurrentHashMap<>();

    /** One question. */
    record Question(String instance, Probe probe) {}

    public TrialDesk(Writer writer) {
        this.writer = writer;
    }

    /** The answers, in the order of the questions; empty for who did not answer within the time. */
    List<Optional<TrialReply>> ask(List<Question> questions, Duration within) {
        Map<String, CompletableFuture<TrialReply>> asked = new LinkedHashMap<>();
        Map<String, String> requests = new LinkedHashMap<>();
        for (Question question : questions) {
            String id = UUID.randomUUID().toString();
            asked.put(id, new CompletableFuture<>());
            requests.put(id, new TrialRequest(id, question.instance(), question.probe()).json());
        }
        waiting.putAll(asked);
        try {
            if (!requests.isEmpty()) {
                writer.write(Topics.REQUESTS, requests);
            }
            long deadlineNanos = System.nanoTime() + within.toNanos();
            List<Optional<TrialReply>> answers = new ArrayList<>();
            for (CompletableFuture<TrialReply> answer : asked.values()) {
                answers.add(await(answer, deadlineNanos));
            }
            return answers;
        } finally {
            waiting.keySet().removeAll(asked.keySet());
        }
    }

    private static Optional<TrialReply> await(CompletableFuture<TrialReply> answer, long deadlineNanos) {
        try {
            return Optional.of(answer.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the control plane is closing; try again when it is back");
        }
    }

    /** For the reader: a record of {@link Topics#REPLIES}; others' answers are passed over. */
    public void reply(String key, ConsumerRecord<String, String> kafkaRecord) {
        CompletableFuture<TrialReply> answer = waiting.get(key);
        if (answer == null || kafkaRecord.value() == null) {
            return;
        }
        try {
            answer.complete(TrialReply.parse(kafkaRecord.value()));
        } catch (InvalidInputException | IllegalArgumentException e) {
            LOG.warn("passing over a reply that can't be read: {}", e.getMessage());
        }
    }
}
