package io.plumbline.pipeline.stream;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.Outcome.Rejection;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.pipeline.stream.ExporterHealth.State;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stays with a batch until each of its signals is with the backend or kept as a dead letter.
 *
 * <p>The bargain: it tries without end while the cause may pass, so a dead backend holds up its own exporter and Kafka
 * keeps the rest. What is repeated may arrive twice.
 *
 * <p>Threads: belongs to one lane.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /** An exporter that throws so often on the same signals will always do so. */
    private static final int MAX_DEFECTS = 3;

    private final Exporter exporter;
    private final DeadLetters deadLetters;
    private final DeliveryCounts counts;
    private final Backoff backoff;
    private final Pause pause;
    private final Answered answered;
    private boolean defectLogged;

    /** Hears of each call of the exporter. */
    interface Answered {
        /**
         * @param startNanos by {@link System#nanoTime}
         * @param nanos that it took
         * @param isRefused whether the backend could not take it now
         */
        void call(long startNanos, long nanos, boolean isRefused);
    }

    /** Signals to be sent in one call, and how often the exporter threw on them. */
    private record Attempt(List<Item> items, int defects) {}

    Delivery(
            Exporter exporter,
            DeadLetters deadLetters,
            DeliveryCounts counts,
            Backoff backoff,
            Pause pause,
            Answered answered) {
        this.exporter = exporter;
        this.deadLetters = deadLetters;
        this.counts = counts;
        this.backoff = backoff;
        this.pause = pause;
        this.answered = answered;
    }

    /**
     * Returns when all is settled.
     *
     * @throws InterruptedException when told to give up; what was not settled may or may not have arrived
     */
    void deliver(List<Item> batch) throws InterruptedException {
        try {
            settleAll(batch);
        } catch (InterruptedException e) {
            counts.standing().isGone(this);
            backoff.reset(); // whatever comes next is another assignment's
            throw e;
        }
    }

    private void settleAll(List<Item> batch) throws InterruptedException {
        Deque<Attempt> open = new ArrayDeque<>();
        open.push(new Attempt(batch, 0));
        while (!open.isEmpty()) {
            Attempt attempt = open.pop();
            if (!attempt.items().isEmpty()) {
                settle(attempt, export(attempt), open);
            }
        }
    }

    /** The outcome, or null when the exporter threw. */
    private Outcome export(Attempt attempt) throws InterruptedException {
        List<Signal> signals = attempt.items().stream().map(Item::signal).toList();
        long startNanos = System.nanoTime();
        boolean isRefused = true;
        try {
            Outcome outcome = exporter.export(
                    signals, attempt.items().stream().map(Item::source).toList());
            if (outcome instanceof Outcome.Partial partial) {
                partial.rejections().forEach(rejection -> signals.get(rejection.index()));
            }
            isRefused = outcome instanceof Outcome.Retry || outcome instanceof Outcome.Unauthorized;
            return outcome;
        } catch (RuntimeException | LinkageError e) { // a plug-in may lack a class
            logDefect(e);
            return null;
        } finally {
            long nanos = System.nanoTime() - startNanos;
            counts.exported(nanos);
            answered.call(startNanos, nanos, isRefused);
        }
    }

    /** The first one loud; counters show the others. */
    private void logDefect(Throwable e) {
        if (defectLogged) {
            LOG.debug("an exporter threw again", e);
        } else {
            LOG.warn("an exporter threw, which is a defect of it; tried again, further ones are counted", e);
            defectLogged = true;
        }
    }

    private void settle(Attempt attempt, Outcome outcome, Deque<Attempt> open) throws InterruptedException {
        List<Item> items = attempt.items();
        if (outcome == null) {
            defect(attempt, open);
        } else if (outcome instanceof Outcome.Delivered) {
            delivered(items);
        } else if (outcome instanceof Outcome.Partial partial) {
            partial(items, partial.rejections(), open);
        } else if (outcome instanceof Outcome.Retry retry) {
            again(new Attempt(items, 0), State.RETRYING, retry.reason(), backoff.next(retry.retryAfter()), open);
        } else if (outcome instanceof Outcome.Unauthorized unauthorized) {
            again(new Attempt(items, 0), State.UNAUTHORIZED, unauthorized.reason(), Backoff.UNAUTHORIZED, open);
        } else if (outcome instanceof Outcome.TooLarge tooLarge) {
            split(items, LossCause.TOO_LARGE, tooLarge.reason(), open);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            lost(items, LossCause.REJECTED, rejected.reason());
        }
    }

    private void delivered(List<Item> items) {
        counts.delivered(items);
        standing(State.DELIVERING, "");
        backoff.reset();
    }

    private void partial(List<Item> items, List<Rejection> rejections, Deque<Attempt> open)
            throws InterruptedException {
        List<Item> again = new ArrayList<>();
        List<Loss> losses = new ArrayList<>();
        String reason = "";
        for (Rejection rejection : rejections) {
            Item item = items.get(rejection.index());
            if (rejection.retryable()) {
                again.add(item);
                reason = rejection.reason();
            } else {
                losses.add(Loss.of(item, LossCause.REJECTED, rejection.reason()));
            }
        }
        lost(losses);
        counts.delivered(notNamed(items, rejections));
        if (again.isEmpty()) {
            standing(State.DELIVERING, "");
        } else {
            again(new Attempt(again, 0), State.RETRYING, reason, backoff.next(Optional.empty()), open);
        }
    }

    private static List<Item> notNamed(List<Item> items, List<Rejection> rejections) {
        Set<Integer> named = rejections.stream().map(Rejection::index).collect(Collectors.toSet());
        List<Item> rest = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (!named.contains(i)) {
                rest.add(items.get(i));
            }
        }
        return rest;
    }

    private void again(Attempt next, State state, String reason, Duration wait, Deque<Attempt> open)
            throws InterruptedException {
        counts.retried(next.items().size());
        standing(state, reason);
        pause.pause(wait);
        open.push(next);
    }

    private void standing(State state, String reason) {
        counts.standing().is(this, state, reason);
    }

    /** Halves the signals; a single one can't be helped. */
    private void split(List<Item> items, LossCause cause, String reason, Deque<Attempt> open)
            throws InterruptedException {
        if (items.size() == 1) {
            lost(items, cause, reason);
            return;
        }
        int half = items.size() / 2;
        open.push(new Attempt(items.subList(half, items.size()), 0));
        open.push(new Attempt(items.subList(0, half), 0));
    }

    private void defect(Attempt attempt, Deque<Attempt> open) throws InterruptedException {
        String reason = "the exporter threw an exception, see the log";
        if (attempt.defects() + 1 < MAX_DEFECTS) {
            Attempt next = new Attempt(attempt.items(), attempt.defects() + 1);
            again(next, State.RETRYING, reason, backoff.next(Optional.empty()), open);
        } else {
            split(attempt.items(), LossCause.DEFECT, reason, open);
        }
    }

    private void lost(List<Item> items, LossCause cause, String reason) throws InterruptedException {
        lost(items.stream().map(item -> Loss.of(item, cause, reason)).toList());
    }

    private void lost(List<Loss> losses) throws InterruptedException {
        deadLetters.put(losses);
        losses.forEach(loss -> counts.lost(loss.cause(), 1, loss.reason()));
    }
}
