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
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_LOOK_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final String LOG = "log";
    private static final String LEVEL = "level";

    private final Libraries libraries;
    private final Consumer<Class<?>> opener;
    private final Runnable found;
    private final Map<String, Wish> wishes = new ConcurrentHashMap<>();
    private final BlockingQueue<LogLine> lines = new ArrayBlockingQueue<>(MAX_LINES);
    private final ConcurrentLinkedQueue<Wish> gone = new ConcurrentLinkedQueue<>();

    /** Guarded by this; null while nobody wants anything. */
    private Thread worker;

    // the worker only
    private Logback logback;
    private long lookedNanos;
    private long lookNanos;
    private int known;

    /**
     * @param loaded gives all classes loaded in this JVM
     * @param opener opens a class's package to the agent
     * @param found told when there is a logging library that there was not before, whose MDC can be read from now on
     */
    public Beside(Supplier<Class<?>[]> loaded, Consumer<Class<?>> opener, Runnable found) {
        this.found = found;
        this.libraries = new Libraries(loaded);
        this.opener = opener;
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
        lookedNanos = System.nanoTime() - LOOK_NANOS;
        lookNanos = LOOK_NANOS;
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
        LogLine line = lines.poll(ROUND_MILLIS, TimeUnit.MILLISECONDS);
        List<LogLine> batch = new ArrayList<>();
        if (line != null) {
            batch.add(line);
            lines.drainTo(batch);
        }
        batch.forEach(this::write);
        wishes.forEach((probe, wish) -> look(wish));
    }

    /** Libraries are used late; as long as something is missing, they are looked for again, ever more rarely. */
    private boolean mayLook() {
        long now = System.nanoTime();
        if (wishes.size() != known) {
            known = wishes.size();
            lookNanos = LOOK_NANOS;
        }
        if (now - lookedNanos < lookNanos) {
            return false;
        }
        lookedNanos = now;
        lookNanos = Math.min(MAX_LOOK_NANOS, 2 * lookNanos);
        libraries.look();
        return true;
    }

    private void look(Wish wish) {
        List<WeakReference<Class<?>>> again = new ArrayList<>();
        for (WeakReference<Class<?>> site = wish.sites.poll(); site != null; site = wish.sites.poll()) {
            Class<?> type = site.get();
            if (type != null && !isLogThere(wish, type)) {
                again.add(site);
            }
        }
        wish.sites.addAll(again);
        for (OwnMetric metric : wish.metrics) {
            refresh(wish, metric);
        }
        wish.lostValues =
                wish.registered.values().stream().mapToLong(Registration::lost).sum();
    }

    private boolean isLogThere(Wish wish, Class<?> site) {
        try {
            logback(site);
            wish.trouble(LOG, null);
            return true;
        } catch (RefusedException e) {
            wish.trouble(LOG, "its records are not in the program's own log: " + e.getMessage());
            return false;
        }
    }

    private Logback logback(Class<?> site) throws RefusedException {
        Class<?> factory = libraries.nearest(Libraries.SLF4J, site.getClassLoader());
        if (factory == null && mayLook()) {
            factory = libraries.nearest(Libraries.SLF4J, site.getClassLoader());
        }
        if (factory == null) {
            throw new RefusedException(site.getName() + " sees no SLF4J that is in use");
        }
        if (logback == null || !logback.isBehind(factory)) {
            logback = Logback.behind(factory);
            found.run();
        }
        return logback;
    }

    private void write(LogLine line) {
        Wish wish = wishes.get(line.probe());
        if (wish == null) {
            return;
        }
        try {
            String keptBack = logback(line.site()).write(line);
            if (keptBack != null) {
                wish.belowLevel.increment();
            }
            wish.trouble(LOG, null);
            wish.trouble(
                    LEVEL,
                    keptBack == null
                            ? null
                            : "records below " + keptBack
                                    + " are kept out of the program's own log by the level of logger " + line.logger()
                                    + "; 'beside: {lift: true}' writes them all the same");
        } catch (RefusedException | RuntimeException | LinkageError e) {
            wish.failed.increment();
            String what = e instanceof RefusedException ? e.getMessage() : e.toString();
            wish.trouble(LOG, "its records are not in the program's own log: " + what);
        }
    }

    private void refresh(Wish wish, OwnMetric metric) {
        String part = metric.definition().name();
        try {
            Registration known = wish.registered.get(metric);
            if (known == null && !wish.given.contains(metric)) {
                known = register(metric);
                if (known == null) {
                    wish.trouble(
                            part,
                            part + " is not in a registry of the program's own: neither Micrometer's global registry"
                                    + " nor simpleclient's default registry is in use here");
                    return;
                }
                wish.registered.put(metric, known);
            }
            if (known != null) {
                known.refresh();
                wish.trouble(part, elsewhere(metric, known));
            }
        } catch (RefusedException | RuntimeException | LinkageError e) {
            String what = e instanceof RefusedException ? e.getMessage() : e.toString();
            wish.trouble(part, part + " is not in the program's own registry: " + what);
            wish.given.add(metric);
        }
    }

    /** A remark where the probe is in classes that see another library; null where it is not. */
    private String elsewhere(OwnMetric metric, Registration known) {
        long others = metric.loaders().stream()
                .filter(loader -> isOther(libraries.nearest(Libraries.MICROMETER, loader), known)
                        && isOther(libraries.nearest(Libraries.SIMPLECLIENT, loader), known))
                .count();
        return others == 0
                ? null
                : metric.definition().name() + " stands in one registry of the program's own; " + others
                        + " more class loaders with the probe see another one, or none, which does not show it";
    }

    private static boolean isOther(Class<?> library, Registration known) {
        return library != known.library();
    }

    /** Null while there is none that it could go to. */
    private Registration register(OwnMetric metric) throws RefusedException {
        for (ClassLoader loader : metric.loaders()) {
            Registration made = register(metric, loader);
            if (made != null) {
                return made;
            }
        }
        return null;
    }

    private Registration register(OwnMetric metric, ClassLoader loader) throws RefusedException {
        Class<?> micrometer = libraries.nearest(Libraries.MICROMETER, loader);
        Class<?> simpleclient = libraries.nearest(Libraries.SIMPLECLIENT, loader);
        if (micrometer == null && simpleclient == null && mayLook()) {
            micrometer = libraries.nearest(Libraries.MICROMETER, loader);
            simpleclient = libraries.nearest(Libraries.SIMPLECLIENT, loader);
        }
        if (micrometer != null && MicrometerMeters.isInUse(micrometer)) {
            return MicrometerMeters.of(micrometer, metric);
        }
        return simpleclient == null ? null : SimpleclientCollector.of(simpleclient, metric, opener);
    }
}
