package io.plumbline.pipeline.control.source;

import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.wire.ClassFileReply;
import io.plumbline.config.wire.ClassesReply;
import io.plumbline.config.wire.CodeReply;
import io.plumbline.config.wire.CodeRequest;
import io.plumbline.config.wire.CodeRequest.Question;
import io.plumbline.config.wire.ScopeReply;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.Writer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one instance about its code, and waits for the answer.
 *
 * <p>Threads: requests ask, the reader's thread brings the answers.
 */
public final class CodeDesk {
    private static final Logger LOG = LoggerFactory.getLogger(CodeDesk.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Writer writer;

    /** By request id. Filled by requests, read by the reader's thread. */
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /** Who waits, and how what it waits for is read. */
    private record Waiting(Function<String, CodeReply> parser, CompletableFuture<CodeReply> answer) {}

    public CodeDesk(Writer writer) {
        this.writer = writer;
    }

    /** Classes that run. */
    ClassesReply classes(String instance, String query, int limit) {
        return (ClassesReply) ask(instance, new CodeRequest.Classes(query, limit), ClassesReply::parse);
    }

    /** What an expression may name at a location; or, of a path that is not empty, what is in it. */
    ScopeReply scope(String instance, String at, String path) {
        return (ScopeReply) ask(instance, new CodeRequest.Scope(at, path), ScopeReply::parse);
    }

    /** What a class is made from, with its class file or without. */
    ClassFileReply classFile(String instance, String type, boolean bytes) {
        return (ClassFileReply) ask(instance, new CodeRequest.ClassFile(type, bytes), ClassFileReply::parse);
    }

    private CodeReply ask(String instance, Question question, Function<String, CodeReply> parser) {
        String id = UUID.randomUUID().toString();
        Waiting answer = new Waiting(parser, new CompletableFuture<>());
        waiting.put(id, answer);
        try {
            writer.write(Topics.REQUESTS, Map.of(id, new CodeRequest(id, instance, question).json()));
            return answer.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw Problem.unavailable("no answer from " + instance + " within " + PATIENCE.toSeconds()
                    + " s; look with 'plumb agents' whether it still reports, and whether its agent is as new as this control"
                    + " plane, then try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the control plane is closing; try again when it is back");
        } finally {
            waiting.remove(id);
        }
    }

    /** For the reader: a record of {@link Topics#REPLIES}; others' answers are passed over. */
    public void reply(String key, ConsumerRecord<String, String> kafkaRecord) {
        Waiting answer = waiting.get(key);
        if (answer == null || kafkaRecord.value() == null) {
            return;
        }
        try {
            answer.answer().complete(answer.parser().apply(kafkaRecord.value()));
        } catch (InvalidInputException | IllegalArgumentException e) {
            LOG.warn("passing over a reply that can't be read: {}", e.getMessage());
        }
    }
}
