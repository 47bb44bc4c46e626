package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongUnaryOperator;

/**
 * Two threads that load classes, call them, and drop their loaders, the oldest
 * first, so that about half of the wanted number are there. Several loaders have a class of the same name.
 */
final class ClassChurn implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int CLASSES_OF_A_LOADER = 10;
    private static final int PASSES = 100;
    private static final int LINES = MadeClasses.LAST_LINE - MadeClasses.FIRST_LINE + 1;
    private static final long STUCK_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final int wanted;
    private final List<String> names = new ArrayList<>();
    private final List<Loading> loadings = new ArrayList<>();
    private final ConcurrentLinkedQueue<WeakReference<ClassLoader>> droppedLoaders = new ConcurrentLinkedQueue<>();
    private final LongAdder loaded = new LongAdder();
    private final LongAdder calls = new LongAdder();
    private final LongAdder wrongResults = new LongAdder();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** How often a thread may go through its loaders. */
    private final Semaphore passes = new Semaphore(0);

    private volatile boolean stopped;
    private long callsSeen;
    private long callsSeenAt = System.nanoTime();

    /** One class of one loader. */
    record Made(String name, LongUnaryOperator call) {}

    ClassChurn(int wanted, long seed) {
        this.wanted = wanted;
        for (int i = 0; i < Math.max(CLASSES_OF_A_LOADER, wanted / 10); i++) {
            names.add("churn.C" + i);
        }
        for (int i = 0; i < THREADS; i++) {
            Loading loading = new Loading(new Random(seed * 31 + i));
            loadings.add(loading);
            loading.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
            loading.setDaemon(true);
            loading.start();
        }
    }

    private final class Loading extends Thread {
        private final Random random;
        private final Deque<List<Made>> loaders = new ArrayDeque<>();

        Loading(Random random) {
            super("churn-loading");
            this.random = random;
        }

        @Override
        public void run() {
            for (long pass = 0; !stopped; pass++) {
                passes.acquireUninterruptibly();
                if (pass % PASSES == 0) {
                    loaders.add(load());
                }
                for (List<Made> classes : loaders) {
                    call(classes.get(random.nextInt(classes.size())));
                }
                if (loaders.size() * CLASSES_OF_A_LOADER > wanted / 2 / THREADS) {
                    droppedLoaders.add(new WeakReference<>(
                            loaders.remove().get(0).call().getClass().getClassLoader()));
                }
            }
        }

        private List<Made> load() {
            MadeClasses loader = new MadeClasses();
            List<Made> made = new ArrayList<>();
            int first = random.nextInt(names.size());
            for (int i = 0; i < CLASSES_OF_A_LOADER; i++) {
                String name = names.get((first + i) % names.size());
                made.add(new Made(name, MadeClasses.call(loader.define(name))));
                loaded.increment();
                call(made.get(i));
            }
            return made;
        }
    }

    private void call(Made made) {
        calls.increment();
        if (made.call().applyAsLong(7) != 7 + LINES) {
            wrongResults.increment();
        }
    }

    /** Lets each thread fill another loader, and call the classes of all it has for a while. */
    void allow() {
        passes.release(THREADS * PASSES);
    }

    List<String> names() {
        return names;
    }

    long loaded() {
        return loaded.sum();
    }

    long calls() {
        return calls.sum();
    }

    long wrongResults() {
        return wrongResults.sum();
    }

    /** Loaders that were let go. */
    int dropped() {
        return droppedLoaders.size();
    }

    /** To be asked when garbage has been collected. */
    long droppedButNotCollected() {
        return droppedLoaders.stream().filter(each -> each.get() != null).count();
    }

    /** Neither has a thread died, nor do all wait for something. */
    void assertAlive() {
        assertThat(failure.get()).isNull();
        long now = System.nanoTime();
        if (calls() != callsSeen) {
            callsSeen = calls();
            callsSeenAt = now;
        }
        assertThat(now - callsSeenAt).as("nanoseconds without a call").isLessThan(STUCK_NANOS);
    }

    /** Ends loading; what is there stays. */
    void stop() {
        stopped = true;
        allow();
        for (Loading loading : loadings) {
            try {
                loading.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(failure.get()).isNull();
    }

    /** How many classes are there. Once stopped. */
    int live() {
        return survivors().size();
    }

    /** The classes that are there. Once stopped. */
    List<Made> survivors() {
        List<Made> all = new ArrayList<>();
        loadings.forEach(loading -> loading.loaders.forEach(all::addAll));
        return all;
    }

    /** Calls each class that is there so often. Once stopped. */
    void callAll(int times) {
        for (Made made : survivors()) {
            for (int i = 0; i < times; i++) {
                call(made);
            }
        }
    }

    @Override
    public void close() {
        stop();
    }
}
