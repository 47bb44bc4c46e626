package io.plumbline.pipeline.control.assistants;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.probes.Change;
import io.plumbline.pipeline.control.probes.SetChange;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Writer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds callers of the role assistant to their rules, and says which probes are whose. Its word is law for every request, whatever the
 * program says that speaks for the model.
 *
 * <p>Threads: any; one change of leases at a time. May be called by who changes definitions, and never changes some itself while it holds
 * its lock.
 */
public final class Assistants {
    private static final int MAX_LEASES = 5;

    private final AssistantRules rules;
    private final Leases leases;
    private final Registry registry;
    private final Writer writer;
    private final ControlReader reader;
    private final Clock clock;

    public Assistants(
            AssistantRules rules, Leases leases, Registry registry, Writer writer, ControlReader reader, Clock clock) {
        this.rules = rules;
        this.leases = leases;
        this.registry = registry;
        this.writer = writer;
        this.reader = reader;
        this.clock = clock;
    }

    AssistantRules rules() {
        return rules;
    }

    private static boolean isOne(Caller caller) {
        return caller.role() == AccessRole.ASSISTANT;
    }

    /** Whether a caller may hear of a probe: an assistant of its own ones. */
    public boolean sees(Caller caller, Probe probe) {
        return !isOne(caller) || leases.owns(caller.name(), probe);
    }

    /** @throws Problem when a caller has no business with a probe, or an assistant asks for one that is not there */
    public void requireOwn(Caller caller, String id) {
        if (!isOne(caller)) {
            return;
        }
        Probe probe = registry.probe(id)
                .orElseThrow(() -> Problem.notFound(
                        "there is no probe '" + id + "'; it may have ended with its lease. GET /probes lists yours"));
        if (!leases.owns(caller.name(), probe)) {
            throw Problem.forbidden(
                    "the probe '" + id + "' is not one that '" + caller.name()
                            + "' set, or somebody else has changed it since; an assistant has to do with its own alone: GET /probes lists them");
        }
    }

    /** What becomes of a signal that a caller reads. */
    public UnaryOperator<Map<String, Object>> view(Caller caller) {
        return isOne(caller) ? new AssistantView(rules) : UnaryOperator.identity();
    }

    /** What becomes of a signal for readers of whom nothing is known: they see it as an assistant does. */
    public UnaryOperator<Map<String, Object>> strangersView() {
        return signal -> new AssistantView(rules).apply(signal);
    }

    /**
     * Looks at a submission before it is in force, and puts its probes into a lease.
     *
     * @param lease its id; empty for none, which only an assistant's dry run may go without
     */
    public Consumer<List<Change>> check(Caller caller, String lease, boolean dryRun) {
        return changes -> {
            List<Probe> probes = changes.stream().map(Change::probe).toList();
            if (isOne(caller)) {
                changes.forEach(Assistants::requireNoApproval);
                probes.forEach(probe -> check(caller, probe));
                checkQuota(caller, probes);
                if (lease.isEmpty() && !dryRun) {
                    throw Problem.forbidden(
                            "an assistant's probes end with its session: begin a lease with POST /leases, and set them with"
                                    + " ?lease=ID");
                }
            }
            if (!lease.isEmpty() && !dryRun) {
                change(caller, lease, each -> each.with(probes));
            }
        };
    }

    /** A session is over before somebody has approved what it asked for. */
    private static void requireNoApproval(Change change) {
        change.approval().ifPresent(waits -> {
            throw Problem.forbidden("a rule asks for a person's approval of '"
                    + change.probe().id() + "' (" + waits.rule()
                    + "), and a session does not last for that; ask a person to set it");
        });
    }

    /** @throws Problem when an assistant asks for what reaches beyond the probes that it names */
    public void requirePlain(Caller caller, boolean measures, SetChange set) {
        if (isOne(caller) && (measures || set.prune() || set.set().isPresent())) {
            throw Problem.forbidden(
                    "an assistant may not measure, and has no sets of probes; leave out 'measure', 'set'"
                            + " and 'prune'");
        }
    }

    private void check(Caller caller, Probe probe) {
        rules.check(probe);
        registry.probe(probe.id())
                .filter(present -> !leases.owns(caller.name(), present))
                .ifPresent(present -> {
                    throw Problem.forbidden(
                            "there is a probe '" + present.id() + "' of somebody else; choose another id");
                });
    }

    private void checkQuota(Caller caller, List<Probe> more) {
        Instant now = clock.instant();
        Set<String> ids = more.stream().map(Probe::id).collect(Collectors.toSet());
        List<String> present = registry.probes().stream()
                .filter(probe -> !probe.isExpiredAt(now) && !ids.contains(probe.id()))
                .filter(probe -> leases.owns(caller.name(), probe))
                .map(Probe::id)
                .toList();
        if (present.size() + ids.size() > rules.probes()) {
            throw Problem.forbidden("'" + caller.name() + "' may have " + rules.probes() + " probes at a time, and has "
                    + present.size() + " besides: " + String.join(", ", present) + "; remove one first");
        }
    }

    /** Begins a session's lease. */
    synchronized Lease begin(Caller caller, Duration life) {
        List<Lease> others = leases.of(caller.name());
        if (others.size() >= MAX_LEASES) {
            throw Problem.conflict("'" + caller.name() + "' has " + MAX_LEASES
                    + " leases already; end one with DELETE /leases/ID, or wait until it is over");
        }
        return write(new Lease(
                UUID.randomUUID().toString(),
                caller.name(),
                life,
                clock.instant().plus(life),
                Map.of(),
                false));
    }

    /** The session lives. */
    Lease renew(Caller caller, String id) {
        Instant now = clock.instant();
        return change(caller, id, lease -> lease.renewed(now));
    }

    /** A probe was removed by its owner. */
    public synchronized void removed(Caller caller, String probe) {
        leases.of(caller.name()).stream()
                .filter(lease -> lease.probes().containsKey(probe))
                .forEach(lease -> write(lease.without(probe)));
    }

    /** It takes no more probes, and those that it has are to be removed. */
    synchronized Lease end(Lease lease) {
        return lease.ended() ? lease : write(lease.asEnded());
    }

    /** It is over, and its probes are gone. */
    synchronized void forget(Lease lease) {
        await(writer.write(Topics.LEASES, Collections.singletonMap(lease.id(), null)));
    }

    /** @throws Problem when there is none of that id that is the caller's */
    Lease require(Caller caller, String id) {
        return leases.byId(id)
                .filter(lease -> lease.owner().equals(caller.name()) && !lease.ended())
                .orElseThrow(() -> Problem.notFound("there is no lease '" + id + "' of '" + caller.name()
                        + "', or it is over and its probes were removed; begin another with POST /leases"));
    }

    List<Lease> visible(Caller caller) {
        return caller.role() == AccessRole.ADMIN ? leases.all() : leases.of(caller.name());
    }

    List<Lease> all() {
        return leases.all();
    }

    private synchronized Lease change(Caller caller, String id, UnaryOperator<Lease> change) {
        return write(change.apply(require(caller, id)));
    }

    private Lease write(Lease lease) {
        await(writer.write(Topics.LEASES, Map.of(lease.id(), lease.json())));
        return lease;
    }

    private void await(RecordMetadata written) {
        reader.awaitHandled(new TopicPartition(written.topic(), written.partition()), written.offset());
    }
}
