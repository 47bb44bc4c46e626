package io.plumbline.pipeline.mcp;

import io.plumbline.config.probe.Durations;
import io.plumbline.config.text.Json;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session's lease: begun with its first probe, renewed while this process lives, ended with it. Where the process is killed, the
 * control plane hears nothing more and removes the probes by itself.
 *
 * <p>Threads: {@code mcp-lease} renews; tools ask from any.
 */
final class Session implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int RENEWALS = 3;

    private final ControlApi api;
    private final Duration life;
    private final Runnable after;
    private final ScheduledExecutorService renewing = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "mcp-lease");
        thread.setDaemon(true);
        return thread;
    });
    /** Null before the first probe, and when it was lost. */
    private String lease;

    private boolean closed;

    /** @param after what is done when its probes are removed */
    Session(ControlApi api, Duration life, Runnable after) {
        this.api = api;
        this.life = life;
        this.after = after;
        long stepMillis = life.toMillis() / RENEWALS;
        renewing.scheduleWithFixedDelay(this::renew, stepMillis, stepMillis, TimeUnit.MILLISECONDS);
    }

    Duration life() {
        return life;
    }

    /** The lease's id, for a probe to be set with. */
    synchronized String lease() {
        if (closed) {
            throw new ControlApi.Refused("the session is ending");
        }
        if (lease == null) {
            String answer = api.post("/leases", Json.write(Map.of("for", Durations.format(life))));
            lease = Values.parse(answer).required("id");
        }
        return lease;
    }

    private synchronized void renew() {
        if (lease == null || closed) {
            return;
        }
        try {
            api.post("/leases/" + lease, "");
        } catch (RuntimeException e) {
            LOG.warn("the session's lease was not renewed: {}", e.getMessage());
            forgetIfOver();
        }
    }

    /** Where it is over, the next probe begins another one; while nobody answers, this one may live on. */
    private void forgetIfOver() {
        try {
            boolean isThere = Values.parse(api.get("/leases")).objects("leases").stream()
                    .anyMatch(each -> each.text("id").filter(lease::equals).isPresent());
            lease = isThere ? lease : null;
        } catch (RuntimeException e) {
            LOG.debug("not known whether the lease is over", e);
        }
    }

    /** Ends the lease, and with it the session's probes. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        renewing.shutdownNow();
        try {
            if (lease != null) {
                api.delete("/leases/" + lease);
            }
            after.run();
        } catch (RuntimeException e) {
            LOG.warn("the session's probes end by themselves within {} s: {}", life.toSeconds(), e.getMessage());
        }
    }
}
