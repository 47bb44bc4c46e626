package io.plumbline.agent.control;

import io.plumbline.agent.quiet.NoMemory;
import io.plumbline.config.probe.Limits;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.signing.TrustedKeys;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.Switch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/**
 * The control thread: follows the definitions, sets and removes probes, enforces expiry and hit limits, answers requests,
 * and reports. Goes on with the probes it has while Kafka is away; then no probe outlives its expiry either.
 */
public final class Controller implements Runnable, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration EARLY_POLL = Duration.ofMillis(500);
    private static final Duration IDLE_POLL = Duration.ofSeconds(2);
    private static final Duration RECONNECT = Duration.ofSeconds(2);

    private static final String SWITCHED_OFF = "switched off by hand; 'plumb on' switches it on again";

    private static final String NOT_ENABLED = "its definition says 'enabled: false'";

    private final Instance instance;
    private final Probing probing;
    private final Reporter reporter;
    private final Consumer<String> log;
    private final DefinitionReader reader;
    private final OffFile offFile;
    private final Claims claims;
    private final NoMemory noMemory = new NoMemory();
    private final Map<String, RunningProbe> running = new LinkedHashMap<>();
    private final Looks looks = new Looks();
    private final Thread thread;

    /** Set by whoever closes, read by the loop. */
    private volatile boolean closed;

    /** What Kafka said last; a connection that is made anew knows it only after a while. */
    private Switch switchedOff = Switch.ON;

    private boolean rehearsed;
    /**
     * @param client settings of Kafka clients
     * @param trusted whose definitions and requests are taken; {@link TrustedKeys#NONE} takes everybody's
     * @param offFile the switch on this host
     * @param holder keeps the hits of probes that have a limit in all instances
     * @param dropped signals lost behind the probes, by cause
     * @param log told of trouble, rarely
     */
    public Controller(
            Instance instance,
            String agentVersion,
            Probing probing,
            Reporter.Reports reports,
            OffFile offFile,
            Claims.Holder holder,
            Map<String, Object> client,
            TrustedKeys trusted,
            Supplier<Map<String, Long>> dropped,
            Consumer<String> log) {
        this.instance = instance;
        this.probing = probing;
        Vetting vetting = new Vetting(trusted, log);
        this.reporter = new Reporter(instance, agentVersion, probing, reports, dropped, vetting::refused);
        this.offFile = offFile;
        this.log = log;
        this.claims = new Claims(instance.id(), holder);
        this.reader = new DefinitionReader(
                client,
                "plumbline-control-" + instance.id(),
                targets -> targets.match(instance.labels()),
                reporter::answer,
                claims,
                vetting,
                log);
        this.thread = new Thread(null, this, "plumbline-control", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Controller.class.getClassLoader());
    }

    public void start() {
        thread.start();
    }

    @Override
    public void run() {
        boolean hasBegun = false;
        while (!closed) {
            try {
                if (!hasBegun) {
                    instance.learn();
                    reporter.heartbeat(true);
                    turnIfAsked();
                    hasBegun = true;
                }
                safeTurn();
            } catch (OutOfMemoryError e) {
                closed |= !noMemory.rest();
            }
        }
        reader.close();
    }

    /** Libraries throw checked exceptions undeclared, too. */
    private void safeTurn() {
        try {
            if (noMemory.isToBeTold()) {
                log.accept(noMemory.toString());
                noMemory.settle();
                reader.reset(); // whatever the client was about is half done
            }
            turn();
        } catch (KafkaException e) {
            if (!closed) {
                log.accept("reading definitions failed, trying again: " + e);
                reader.reset();
                pause();
            }
        } catch (Exception | LinkageError e) {
            log.accept("the control thread met an error and goes on: " + e);
            pause();
        }
    }

    private void pause() {
        Instant until = Instant.now().plus(RECONNECT);
        while (!closed && Instant.now().isBefore(until)) {
            enforceIfPossible();
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                closed = true;
            }
        }
        looks.atAll(); // nothing of what was seen meanwhile has been reported
    }

    /** What the pause is for may stand in the way of this as well, and the thread must go on. */
    private void enforceIfPossible() {
        try {
            enforce();
        } catch (Exception | LinkageError e) {
            log.accept("the control thread met an error while it waits, and goes on: " + e);
        }
    }

    private void turn() {
        if (reader.poll(!running.isEmpty() ? POLL : reader.isComplete() ? IDLE_POLL : EARLY_POLL)) {
            reconcile();
            if (!rehearsed) {
                rehearsed = true;
                probing.rehearse();
            }
        }
        reporter.probes(enforce()).forEach(looks::again);
        reporter.heartbeatIfDue();
    }

    private void reconcile() {
        looks.atAll();
        switchedOff = reader.switchedOff();
        claims.want(counted());
        List<Probe> set = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (Probe probe : reader.definitions().values()) {
            boolean wanted = isMeant(probe);
            RunningProbe known = running.get(probe.id());
            if (wanted && (known == null || known.probe().version() != probe.version() || cameBack(known))) {
                take(probe, known, set, removed);
            } else if (wanted) {
                holdIfAsked(known, removed);
            }
        }
        for (RunningProbe known : List.copyOf(running.values())) {
            Probe current = reader.definitions().get(known.probe().id());
            if (current == null || !isMeant(current)) {
                running.remove(known.probe().id());
                removed.add(known.probe().id());
                reporter.takeBack(known.probe());
            }
        }
        probing.apply(set, removed);
        set.forEach(probe -> settle(running.get(probe.id())));
    }

    /** Of one per service only the instance that the control plane chose. */
    private boolean isMeant(Probe probe) {
        return probe.targets().match(instance.labels())
                && (!probe.targets().onePerService() || reader.isChosen(probe.id(), instance.id()));
    }

    /** The versions whose hits are counted in all instances: those wanted here, and those that went on in their place. */
    private List<Probe> counted() {
        List<Probe> counted = new ArrayList<>(reader.definitions().values());
        counted.removeIf(probe -> !isMeant(probe));
        for (RunningProbe known : running.values()) {
            if (claims.counts(known.probe().id())) {
                counted.add(probing.status(known.probe()).inForce());
            }
        }
        counted.removeIf(probe -> probe.limits().fleetHits() == 0);
        return counted;
    }

    /** Looks at the switch on the host. Needs no Kafka: it is about the probes that are known here. */
    private void turnIfAsked() {
        if (!offFile.hasChanged()) {
            return;
        }
        looks.atAll();
        List<Probe> set = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (RunningProbe known : List.copyOf(running.values())) {
            if (cameBack(known)) {
                take(known.probe(), known, set, removed);
            } else {
                holdIfAsked(known, removed);
            }
        }
        probing.apply(set, removed);
        set.forEach(probe -> settle(running.get(probe.id())));
    }

    private void holdIfAsked(RunningProbe known, List<String> removed) {
        Hold hold = hold(known.probe());
        if (hold != null && !known.isEnded()) {
            known.emittedBefore(emitted(known));
            known.hold(hold);
            removed.add(known.probe().id());
        } else if (hold != null && known.held() != null) {
            known.hold(hold);
        }
    }

    /** Why a probe is not to be here now; null when it is. */
    private Hold hold(Probe probe) {
        if (offFile.isThere()) {
            return Hold.off(offFile.reason());
        }
        if (!probe.marks().enabled()) {
            return Hold.off(NOT_ENABLED);
        }
        if (switchedOff.isOff(instance.id(), probe.id())) {
            return Hold.off(SWITCHED_OFF);
        }
        return Hold.of(probe, reader.stage(probe.id()), instance.id());
    }

    private void settle(RunningProbe one) {
        one.set();
        if (probing.status(one.probe()).inForce().version() != one.probe().version()) {
            one.earlierGoesOn();
        }
    }

    private void take(Probe probe, RunningProbe known, List<Probe> set, List<String> removed) {
        RunningProbe taken = new RunningProbe(probe);
        if (known != null) {
            taken.follow(known.emittedBefore(), emitted(known));
        }
        running.put(probe.id(), taken);
        Hold hold = hold(probe);
        if (hold != null) {
            taken.hold(hold);
            removed.add(probe.id());
        } else if (probe.isExpiredAt(Instant.now())) {
            taken.end(ProbeState.EXPIRED, timeOver(probe));
            removed.add(probe.id());
        } else {
            set.add(probe);
        }
    }

    private boolean cameBack(RunningProbe known) {
        return known.held() != null && hold(known.probe()) == null;
    }

    private long emitted(RunningProbe known) {
        return known.emittedBefore()
                + (known.isEnded() ? 0 : probing.status(known.probe()).emitted());
    }

    /** Ends what must end by itself; returns how those stand that were looked at. */
    private Map<RunningProbe, Probing.Status> enforce() {
        turnIfAsked();
        probing.notice();
        Map<RunningProbe, Probing.Status> looked = new LinkedHashMap<>();
        for (RunningProbe one : looks.due(running, probing.stirred(), Instant.now())) {
            Probing.Status status = probing.status(one.probe());
            boolean wasEnded = one.isEnded();
            if (!wasEnded) {
                enforce(one, status);
            }
            if (one.isEnded()) {
                looks.hasEnded(one);
            } else {
                looks.goesOn(one, status);
            }
            looked.put(one, wasEnded == one.isEnded() ? status : probing.status(one.probe()));
        }
        return looked;
    }

    private void enforce(RunningProbe one, Probing.Status status) {
        Probe inForce = status.inForce();
        if (status.suspension() != null) {
            end(one, status, ProbeState.SUSPENDED, status.suspension());
        } else if (inForce.isExpiredAt(Instant.now())) {
            end(one, status, ProbeState.EXPIRED, timeOver(inForce));
        } else if (claims.isOver(inForce)) {
            end(one, status, ProbeState.EXPIRED, Claims.overInWords(inForce));
        } else if (status.exhausted()) {
            end(one, status, ProbeState.EXPIRED, limitReached(inForce));
        }
    }

    /** An instance holds no more hits than all may have, so having as many it has reached the limit of all. */
    private static String limitReached(Probe inForce) {
        Limits limits = inForce.limits();
        return limits.fleetHits() > 0 && limits.hits() == limits.fleetHits()
                ? Claims.overInWords(inForce)
                : "its limit of " + limits.hits() + " hits is reached";
    }

    private static String timeOver(Probe probe) {
        return "its time was over at " + probe.expires();
    }

    private void end(RunningProbe one, Probing.Status status, ProbeState state, String reason) {
        one.emittedBefore(one.emittedBefore() + status.emitted());
        one.end(state, reason);
        probing.stop(one.probe().id());
    }

    /** Says good-bye. The probes stay in place: the JVM is ending. */
    @Override
    public void close() {
        closed = true;
        reporter.heartbeat(false);
        thread.interrupt();
    }
}
