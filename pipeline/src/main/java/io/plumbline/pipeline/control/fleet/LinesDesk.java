package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.LinesRequest;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks instances which lines of a class can be probed, and waits for the first good answer.
 *
 * <p>Threads: requests ask, the reader's thread brings the answers.
 */
public final class LinesDesk {
    private static final Logger LOG = LoggerFactory.getLogger(LinesDesk.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** More of one service would say the same. */
    public static final int MAX_ASKED = 20;

    private final Writer writer;
    private final Duration patience;
    /** By request id. Filled by requests, read by the reader's thread. */
    private final Map<String, BlockingQueue<LinesReply>> waiting = new ConcurrentHashMap<>();

    public LinesDesk(Writer writer) {
        this(writer, PATIENCE);
    }

    public LinesDesk(Writer writer, Duration patience) {
        this.writer = writer;
        this.patience = patience;
    }

    /**
     * Asks until one instance knows lines or all have answered.
     *
     * @throws Problem when none has the class, or none answers in time
     */
    public LinesReply ask(String type, List<String> instances) {
        List<String> asked = instances.subList(0, Math.min(MAX_ASKED, instances.size()));
        return exchange(type, asked, replies -> firstGood(replies, asked));
    }

    /** The answers that come within a time, of at most {@link #MAX_ASKED} instances. */
    public List<LinesReply> askAll(String type, List<String> instances, Duration within) {
        List<String> asked = instances.subList(0, Math.min(MAX_ASKED, instances.size()));
        return exchange(type, asked, replies -> {
            long deadlineNanos = System.nanoTime() + within.toNanos();
            List<LinesReply> all = new ArrayList<>();
            LinesReply reply = null;
            do {
                reply = replies.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (reply != null) {
                    all.add(reply);
                }
            } while (reply != null && all.size() < asked.size());
            return all;
        });
    }

    private interface Waiting<T> {
        T take(BlockingQueue<LinesReply> replies) throws InterruptedException;
    }

    private <T> T exchange(String type, List<String> asked, Waiting<T> wait) {
        BlockingQueue<LinesReply> replies = new LinkedBlockingQueue<>();
        Map<String, String> requests = new LinkedHashMap<>();
        for (String instance : asked) {
            String id = UUID.randomUUID().toString();
            waiting.put(id, replies);
            requests.put(id, new LinesRequest(id, instance, type).json());
        }
        try {
            writer.write(Topics.REQUESTS, requests);
            return wait.take(replies);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the control plane is closing; try again when it is back");
        } finally {
            waiting.keySet().removeAll(requests.keySet());
        }
    }

    /** For the reader: a record of {@link Topics#REPLIES}. */
    public void reply(String key, ConsumerRecord<String, String> kafkaRecord) {
        BlockingQueue<LinesReply> replies = waiting.get(key);
        if (replies == null || kafkaRecord.value() == null) {
            return;
        }
        try {
            replies.add(LinesReply.parse(kafkaRecord.value()));
        } catch (InvalidInputException | IllegalArgumentException e) {
            LOG.warn("passing over a reply that can't be read: {}", e.getMessage());
        }
    }

    private LinesReply firstGood(BlockingQueue<LinesReply> replies, List<String> asked) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        String problem = "";
        for (int answered = 0; answered < asked.size(); answered++) {
            LinesReply reply = replies.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (reply == null) {
                break;
            }
            if (!reply.lines().isEmpty()) {
                return reply;
            }
            problem = reply.problem();
        }
        if (!problem.isEmpty()) {
            throw Problem.notFound(problem);
        }
        throw Problem.unavailable("no answer from " + asked + " within " + patience.toSeconds()
                + " s; look with 'plumb agents' whether it still reports, then try again");
    }
}
