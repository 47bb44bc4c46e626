package io.plumbline.agent.capture.beside;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Map;

/**
 * One Logback of the program: writes log lines through its loggers, as if the hit line had called them. Filters and levels are
 * asked first; appenders run on the calling thread, with the hit thread's MDC set. One thread.
 */
final class Logback {
    private static final String CLASSIC = "ch.qos.logback.classic.";
    private static final String CONTEXT = CLASSIC + "LoggerContext";

    /** Nanoseconds of a second. */
    private static final long SECOND = 1_000_000_000L;

    private final Object factory;
    private final Method getLogger;
    private final Method isEnabledFor;
    private final Method getEffectiveLevel;
    private final Method toLevel;
    private final Method callAppenders;
    private final Constructor<?> newEvent;
    private final Method setThreadName;
    private final Method setCallerData;
    private final Method setMdcOfEvent;
    private final EventTime setTime;
    private final Method setMdc;
    private final Method clearMdc;

    /** Sets an event's time, in nanoseconds since the epoch. */
    private interface EventTime {
        void set(Object event, long epochNanos) throws ReflectiveOperationException, RefusedException;
    }

    private Logback(Class<?> loggerFactory, Object factory) throws ReflectiveOperationException {
        this.factory = factory;
        Class<?> context = factory.getClass();
        Class<?> logger = Reflected.type(context, CLASSIC + "Logger");
        Class<?> level = Reflected.type(context, CLASSIC + "Level");
        Class<?> event = Reflected.type(context, CLASSIC + "spi.LoggingEvent");
        this.getLogger = Reflected.method(context, "getLogger", String.class);
        this.isEnabledFor = Reflected.method(logger, "isEnabledFor", level);
        this.getEffectiveLevel = Reflected.method(logger, "getEffectiveLevel");
        this.toLevel = Reflected.method(level, "toLevel", String.class);
        this.callAppenders =
                Reflected.method(logger, "callAppenders", Reflected.type(context, CLASSIC + "spi.ILoggingEvent"));
        this.newEvent = Reflected.constructor(
                event, String.class, logger, level, String.class, Throwable.class, Object[].class);
        this.setThreadName = Reflected.method(event, "setThreadName", String.class);
        this.setCallerData = Reflected.method(event, "setCallerData", StackTraceElement[].class);
        this.setMdcOfEvent = Reflected.method(event, "setMDCPropertyMap", Map.class);
        this.setTime = time(event);
        Class<?> mdc = Reflected.type(loggerFactory, "org.slf4j.MDC");
        this.setMdc = Reflected.method(mdc, "setContextMap", Map.class);
        this.clearMdc = Reflected.method(mdc, "clear");
    }

    /**
     * @param loggerFactory SLF4J's, of the program
     * @throws RefusedException when it does not lead to Logback
     */
    static Logback behind(Class<?> loggerFactory) throws RefusedException {
        try {
            Object factory = Reflected.call(Reflected.method(loggerFactory, "getILoggerFactory"), null);
            if (!factory.getClass().getName().equals(CONTEXT)) {
                throw new RefusedException("the program's SLF4J writes to "
                        + factory.getClass().getName() + ", and Logback alone can take them");
            }
            return new Logback(loggerFactory, factory);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new RefusedException("this version of Logback can't take them: " + e);
        }
    }

    /**
     * Writes a line.
     *
     * @return null when it was written, else the level that kept it back
     * @throws RefusedException when a filter or an appender threw
     */
    String write(LogLine line) throws RefusedException {
        Thread self = Thread.currentThread();
        ClassLoader before = self.getContextClassLoader();
        try {
            self.setContextClassLoader(line.site().getClassLoader());
            Reflected.call(setMdc, null, line.mdc());
            Object logger = Reflected.call(getLogger, factory, line.logger());
            Object level = Reflected.call(toLevel, null, line.severity().name());
            if (!line.how().lift() && !(boolean) Reflected.call(isEnabledFor, logger, level)) {
                return String.valueOf(Reflected.call(getEffectiveLevel, logger));
            }
            Reflected.call(callAppenders, logger, event(line, logger, level));
            return null;
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new RefusedException("this version of Logback can't take them: " + e);
        } finally {
            self.setContextClassLoader(before);
            clear();
        }
    }

    private void clear() throws RefusedException {
        try {
            Reflected.call(clearMdc, null);
        } catch (ReflectiveOperationException e) {
            throw new RefusedException("this version of SLF4J can't take them: " + e);
        }
    }

    private Object event(LogLine line, Object logger, Object level)
            throws ReflectiveOperationException, RefusedException {
        Object made =
                Reflected.make(newEvent, line.site().getName(), logger, level, line.message(), null, new Object[0]);
        Reflected.call(setThreadName, made, line.thread());
        Reflected.call(setCallerData, made, (Object) new StackTraceElement[] {line.at()});
        Reflected.call(setMdcOfEvent, made, line.mdc());
        setTime.set(made, line.epochNanos());
        return made;
    }

    /** Since 1.3 events know nanoseconds. */
    private static EventTime time(Class<?> event) throws NoSuchMethodException {
        try {
            Method setInstant = Reflected.method(event, "setInstant", Instant.class);
            return (made, nanos) -> Reflected.call(
                    setInstant,
                    made,
                    Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND)));
        } catch (NoSuchMethodException e) {
            Method setTimeStamp = Reflected.method(event, "setTimeStamp", long.class);
            return (made, nanos) -> Reflected.call(setTimeStamp, made, nanos / 1_000_000);
        }
    }
}
