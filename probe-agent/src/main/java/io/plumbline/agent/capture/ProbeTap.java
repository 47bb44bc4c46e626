package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.Tap;
import io.plumbline.config.probe.Limits;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The gate of one version of a probe. When the credit of a second is used up, hits are dropped and counted under {@code
 * rate}; when the hit limit is reached, the gate closes for good.
 *
 * <p>Called by application threads; {@link #tick} by the agent's.
 */
public final class ProbeTap extends Tap {
    private static final int MAX_MESSAGE = 300;

    private final Probe probe;
    private final Redaction redaction;
    private final boolean capped;
    private final boolean limited;
    private final AtomicLong credit = new AtomicLong();
    private final AtomicLong hitsLeft;
    private final LongAdder emitted = new LongAdder();
    private final LongAdder overRate = new LongAdder();
    private final LongAdder nullConditions = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder redacted = new LongAdder();

    /** Closed by whichever thread finds the limit reached or an error that must not come again; read by every hit. */
    private volatile boolean open = true;

    /** Why the gate was closed from inside; null while it was not. */
    private volatile String suspension;

    /** The last thing that an expression threw, as a sentence. */
    private volatile String lastError = "";

    ProbeTap(Probe probe, Redaction redaction) {
        this.probe = probe;
        this.redaction = redaction;
        Limits limits = probe.limits();
        this.capped = limits.perSecond() != Limits.UNSET;
        this.limited = limits.hits() > 0;
        this.hitsLeft = new AtomicLong(limits.hits());
        this.credit.set(limits.perSecond());
    }

    @Override
    public boolean isOpen() {
        if (!open || (limited && hitsLeft.getPlain() <= 0)) {
            return false;
        }
        if (capped && credit.getPlain() <= 0) {
            overRate.increment();
            return false;
        }
        return true;
    }

    @Override
    public boolean admit() {
        if (capped && (credit.getPlain() <= 0 || credit.getAndDecrement() <= 0)) {
            overRate.increment();
            return false;
        }
        if (limited && hitsLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
            return false;
        }
        emitted.increment();
        return true;
    }

    @Override
    public void refund() {
        emitted.decrement();
        if (limited) {
            hitsLeft.incrementAndGet();
        }
    }

    @Override
    public void conditionIsNull() {
        nullConditions.increment();
    }

    @Override
    public void failed(Throwable failure) {
        errors.increment();
        if (failure instanceof RuntimeException || failure instanceof StackOverflowError) {
            // the stack that is used up is the application's
            lastError = sentence(failure);
        } else {
            open = false;
            suspension = "stopped by an error in the probe's own code: " + sentence(failure);
        }
    }

    /** A failure in words. */
    static String sentence(Throwable failure) {
        // getMessage of a JDK exception only: any other class could run application code
        boolean isJdk = failure.getClass().getClassLoader() == null;
        String text = failure.getClass().getName()
                + (isJdk && failure.getMessage() != null ? ": " + failure.getMessage() : "");
        return text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) + "…" : text;
    }

    /** Whether the probe has a cap of its own. */
    boolean isCapped() {
        return capped;
    }

    /** So many secrets were taken out of the texts of a hit. */
    void redacted(int secrets) {
        redacted.add(secrets);
    }

    /** A new second begins. */
    void tick() {
        if (capped) {
            credit.set(probe.limits().perSecond());
        }
    }

    /** No hit gets through any more. */
    public void close() {
        open = false;
    }

    public boolean isClosed() {
        return !open;
    }

    public Probe probe() {
        return probe;
    }

    /** Hits that emitted. */
    public long emitted() {
        return emitted.sum();
    }

    /** Whether the hit limit has been reached. */
    public boolean isExhausted() {
        return limited && hitsLeft.get() <= 0;
    }

    /** Why the probe stopped itself; null if it did not. */
    public String suspension() {
        String reason = suspension;
        return reason == null ? null : redaction.clean(reason);
    }

    /** What an expression threw last; empty if none did. */
    public String lastError() {
        return redaction.clean(lastError);
    }

    /** Losses by cause; causes without a loss are left out. */
    public Map<String, Long> dropped() {
        Map<String, Long> dropped = new TreeMap<>();
        put(dropped, "rate", overRate);
        put(dropped, "condition-null", nullConditions);
        put(dropped, "error", errors);
        put(dropped, "redacted", redacted);
        return dropped;
    }

    static void put(Map<String, Long> counts, String cause, LongAdder count) {
        if (count.sum() > 0) {
            counts.merge(cause, count.sum(), Long::sum);
        }
    }
}
