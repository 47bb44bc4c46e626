package io.plumbline.agent.capture.beside;

import io.plumbline.agent.capture.gate.Losses;
import io.plumbline.agent.capture.gate.UnprobedThread;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Gives log records and metrics of probes to the program's own libraries. An appender may block and a registry may run filters of the
 * program's, so that is done by a thread of its own, which there is while a probe asks for it; what it can't take in time is dropped
 * and counted. All methods can be called by any of the agent's threads and wait for nothing.
 */
public final class Beside {
    private static final int MAX_LINES = 4_096;
    private static final long ROUND_MILLIS = 100;

    private final Libraries libraries;
    private final OwnLogs logs;
    private final OwnRegistries registries;
    private final Map<String, Wish> wishes = new ConcurrentHashMap<>();
    private final BlockingQueue<LogLine> lines = new ArrayBlockingQueue<>(MAX_LINES);
    private final ConcurrentLinkedQueue<Wish> gone = new ConcurrentLinkedQueue<>();

    /** Guarded by this; null while nobody wants anything. */
    private Thread worker;

    /** How many wishes there were in the last round. The worker only. */
    private int known;

    /**
     * @param loaded gives all classes loaded in this JVM
     * @param opener opens a class's package to the agent
     * @param found told when there is a logging library that there was not before, whose MDC can be read from now on
     */
    public Beside(Supplier<Class<?>[]> loaded, Consumer<Class<?>> opener, Runnable found) {
        this.libraries = new Libraries(loaded);
        this.logs = new OwnLogs(libraries, found);
        this.registries = new OwnRegistries(libraries, opener);
    }

    /**
     * A version of a probe is in force that wants its metrics in the program's registry, or its records in the program's log.
     *
     * @param metrics those that it wants there
     */
    public void set(String probe, List<OwnMetric> metrics) {
        Wish wish = new Wish(metrics);
        Wish before = wishes.get(probe);
        if (before != null && before.isSameAs(wish)) {
            return;
        }
        wishes.put(probe, wish);
        if (before != null) {
            gone.add(before);
        }
        begin();
    }

    /** A probe's records may come from a site in this class. */
    public void expect(String probe, Class<?> site) {
        Wish wish = wishes.get(probe);
        if (wish != null) {
            wish.sites.add(new WeakReference<>(site));
        }
    }

    /** A probe is no more, or wants nothing here; what it had in a registry is taken out. */
    public void forget(String probe) {
        Wish wish = wishes.remove(probe);
        if (wish != null) {
            gone.add(wish);
        }
    }

    /** Writes a record to the program's own log, in a moment. */
    public void log(LogLine line) {
        Wish wish = wishes.get(line.probe());
        if (wish != null && !lines.offer(line)) {
            wish.full.increment();
        }
    }

    /** What stands in the way of what a probe wants; empty if nothing does. */
    public String note(String probe) {
        Wish wish = wishes.get(probe);
        return wish == null ? "" : wish.note;
    }

    /** Adds what did not get there, by cause. */
    public void addDropped(String probe, Map<String, Long> counts) {
        Wish wish = wishes.get(probe);
        if (wish != null) {
            Losses.put(counts, "beside-level", wish.belowLevel);
            Losses.put(counts, "beside-failed", wish.failed);
            long full = wish.full.sum() + wish.lostValues;
            if (full > 0) {
                counts.merge("beside-full", full, Long::sum);
            }
        }
    }

    private synchronized void begin() {
        if (worker == null) {
            worker = new UnprobedThread(this::work, "plumbline-beside");
            worker.setContextClassLoader(null);
            worker.start();
        }
    }

    /** Whether the worker goes on; when not, there is none any more. */
    private synchronized boolean goesOn() {
        if (wishes.isEmpty() && gone.isEmpty() && lines.isEmpty()) {
            worker = null;
        }
        return worker != null;
    }

    private void work() {
        while (goesOn()) {
            try {
                round();
            } catch (InterruptedException e) {
                // nobody of the agent's does that; what is left is still to be taken out
            } catch (Throwable t) {
                // one bad library must not keep the others' from what is theirs, nor a full heap
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ROUND_MILLIS);
        } catch (InterruptedException e) {
            // as above
        }
    }

    private void round() throws InterruptedException {
        for (Wish one = gone.poll(); one != null; one = gone.poll()) {
            one.close();
        }
        if (wishes.size() != known) {
            known = wishes.size();
            libraries.lookOftenAgain();
        }
        LogLine line = lines.poll(ROUND_MILLIS, TimeUnit.MILLISECONDS);
        List<LogLine> batch = new ArrayList<>();
        if (line != null) {
            batch.add(line);
            lines.drainTo(batch);
        }
        for (LogLine one : batch) {
            Wish wish = wishes.get(one.probe());
            if (wish != null) {
                logs.write(wish, one);
            }
        }
        wishes.forEach((probe, wish) -> look(wish));
    }

    private void look(Wish wish) {
        List<WeakReference<Class<?>>> again = new ArrayList<>();
        for (WeakReference<Class<?>> site = wish.sites.poll(); site != null; site = wish.sites.poll()) {
            Class<?> type = site.get();
            if (type != null && !logs.isThere(wish, type)) {
                again.add(site);
            }
        }
        wish.sites.addAll(again);
        for (OwnMetric metric : wish.metrics) {
            registries.refresh(wish, metric);
        }
        wish.lostValues =
                wish.registered.values().stream().mapToLong(Registration::lost).sum();
    }
}
