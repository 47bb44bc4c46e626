package io.plumbline.pipeline.control.audit;

import io.plumbline.config.signing.Seal;
import io.plumbline.config.signing.SealCheck.Refusal;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.audit.AuditEntry.Outcome;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.Definers;
import io.plumbline.pipeline.control.records.Writer;
import io.undertow.server.HttpServerExchange;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the topic {@link Topics#AUDIT} who changed what, and who tried to and was refused. Entries are signed.
 *
 * <p>The bargain: a change is written after it was made, and answered when Kafka has the entry; what Kafka does not take stands in
 * the log, as an error. Refused tries are written without waiting, and no more than {@link DenialLimit} says one by one.
 *
 * <p>Threads: any.
 */
public final class Audit implements AutoCloseable, Definers.Redress {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    /** What is a try to do what one may not, and no slip. */
    private static final Set<Integer> DENIED = Set.of(401, 403, 408, 413);

    private final Writer writer;
    private final Clock clock;
    private final DenialLimit limit = new DenialLimit();

    /**
     * One change.
     *
     * @param action such as {@code probe.set}
     * @param what was changed, by name
     */
    public record Made(String action, Map<String, String> what) {}

    /** Whether what is read is news. Set by who starts, read by the reader's thread. */
    private volatile boolean live;

    public Audit(Writer writer, Clock clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** What was in the topics before has been read. */
    public void begin() {
        live = true;
    }

    /** A change was made. */
    public void changed(HttpServerExchange exchange, String action, Map<String, String> what) {
        Caller caller = Caller.of(exchange);
        changed(caller.name(), caller.role().word(), from(exchange), action, what);
    }

    /** A request made several changes. Their entries are written together, in order, for each by itself would be waited for. */
    public void changed(HttpServerExchange exchange, List<Made> changes) {
        Caller caller = Caller.of(exchange);
        write(changes.stream()
                .map(made -> done(caller.name(), caller.role().word(), from(exchange), made))
                .toList());
    }

    /** A change was made in somebody's name, without a request. */
    public void changed(String who, String role, String action, Map<String, String> what) {
        changed(who, role, "", action, what);
    }

    private void changed(String who, String role, String from, String action, Map<String, String> what) {
        write(List.of(done(who, role, from, new Made(action, what))));
    }

    private AuditEntry done(String who, String role, String from, Made made) {
        return new AuditEntry(clock.instant(), who, role, from, made.action(), made.what(), Outcome.DONE, "");
    }

    private void write(List<AuditEntry> entries) {
        Map<String, String> values = new LinkedHashMap<>();
        entries.forEach(entry -> values.put(UUID.randomUUID().toString(), entry.json()));
        try {
            writer.write(Topics.AUDIT, values);
        } catch (Problem e) {
            values.values().forEach(json -> LOG.error("Kafka may not have taken an entry of the audit: {}", json, e));
        }
    }

    /** A request ended so; noted when it was a try to do what one may not. */
    public void ended(HttpServerExchange exchange, Problem problem) {
        boolean isOutside = problem.status() == 404 && exchange.getRequestURI().contains("..");
        if (!DENIED.contains(problem.status()) && !isOutside) {
            return;
        }
        Caller caller = Caller.of(exchange);
        String action = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        denied(
                caller == null ? "" : caller.name(),
                caller == null ? "" : caller.role().word(),
                from(exchange),
                action,
                Map.of("status", Integer.toString(problem.status())),
                problem.getMessage());
    }

    @Override
    public void again(String topic, String key, String value, Seal seal) {
        writer.again(topic, key, value, seal);
    }

    /** A record that no control plane wrote was met in a topic. */
    @Override
    public void foreign(String topic, String key, long offset, Refusal refusal) {
        if (live) {
            String where = topic + "@" + offset;
            denied(
                    "",
                    "",
                    "Kafka",
                    "write " + topic,
                    Map.of("key", key, "at", where),
                    "a record that is " + refusal.word());
        }
    }

    /** Writes what was only counted until now. */
    public void settle() {
        settle(clock.instant(), true);
    }

    @Override
    public void close() {
        settle();
    }

    private void denied(String who, String role, String from, String action, Map<String, String> what, String reason) {
        Instant now = clock.instant();
        settle(now, false);
        if (limit.take(who, now)) {
            later(new AuditEntry(now, who, role, from, action, what, Outcome.REFUSED, reason));
        }
    }

    private void settle(Instant now, boolean all) {
        for (DenialLimit.Left left : limit.over(now, all)) {
            later(new AuditEntry(
                    now,
                    left.who(),
                    "",
                    "",
                    "more of the same",
                    Map.of("count", Long.toString(left.count())),
                    Outcome.REFUSED,
                    left.count() + " more tries were refused in the minute from " + left.since()));
        }
    }

    private void later(AuditEntry entry) {
        try {
            writer.later(Topics.AUDIT, UUID.randomUUID().toString(), entry.json());
        } catch (RuntimeException e) {
            LOG.error("Kafka did not take an entry of the audit, which is only here: {}", entry.json(), e);
        }
    }

    private static String from(HttpServerExchange exchange) {
        return exchange.getSourceAddress().getAddress().getHostAddress();
    }
}
