package io.plumbline.agent.capture.beside;

import java.util.concurrent.atomic.AtomicReference;

/** Writes probes' records through the program's Logback, whichever the hit class sees. One thread. */
final class OwnLogs {
    private static final String MISSING = "log";
    private static final String LEVEL = "level";

    private final Libraries libraries;
    private final Runnable found;

    /** Each Logback, held by the class that leads to it: a program that is taken out of the JVM takes its own along. */
    private final ClassValue<AtomicReference<Logback>> known = new ClassValue<>() {
        @Override
        protected AtomicReference<Logback> computeValue(Class<?> loggerFactory) {
            return new AtomicReference<>();
        }
    };

    /**
     * @param found told when there is a logging library that there was not before
     */
    OwnLogs(Libraries libraries, Runnable found) {
        this.libraries = libraries;
        this.found = found;
    }

    /** Whether a class with a site has a Logback to write to; if not, the wish says why. */
    boolean isThere(Wish wish, Class<?> site) {
        try {
            logback(site);
            wish.trouble(MISSING, null);
            return true;
        } catch (RefusedException e) {
            wish.trouble(MISSING, missing(e));
            return false;
        }
    }

    void write(Wish wish, LogLine line) {
        try {
            String keptBack = logback(line.site()).write(line);
            if (keptBack != null) {
                wish.belowLevel.increment();
            }
            wish.trouble(MISSING, null);
            wish.trouble(
                    LEVEL,
                    keptBack == null
                            ? null
                            : "records below " + keptBack
                                    + " are kept out of the program's own log by the level of logger " + line.logger()
                                    + "; 'beside: {lift: true}' writes them all the same");
        } catch (RefusedException | RuntimeException | LinkageError e) {
            wish.failed.increment();
            wish.trouble(MISSING, missing(e));
        }
    }

    private static String missing(Throwable why) {
        return "its records are not in the program's own log: " + RefusedException.words(why);
    }

    private Logback logback(Class<?> site) throws RefusedException {
        Class<?> factory = libraries.nearestNowOrSoon(Libraries.SLF4J, site.getClassLoader());
        if (factory == null) {
            throw new RefusedException(site.getName() + " sees no SLF4J that is in use");
        }
        AtomicReference<Logback> place = known.get(factory);
        if (place.get() == null) {
            place.set(Logback.behind(factory));
            found.run();
        }
        return place.get();
    }
}
