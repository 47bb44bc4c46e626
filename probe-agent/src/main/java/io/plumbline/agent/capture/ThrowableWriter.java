package io.plumbline.agent.capture;

/**
 * How an exception is written: the one place that reads a {@link Throwable}. It is written as an object whose parts have
 * the names {@link #MESSAGE} and {@link #STACKTRACE}, and others; an exception's record takes its attributes from those.
 */
interface ThrowableWriter {
    String MESSAGE = "message";
    String STACKTRACE = "stacktrace";

    /** Calls nothing that the application could have overridden. */
    void write(Throwable exception, ValueWriter to, int level) throws Throwable;

    /** Its class, and its message where the class is the JDK's. */
    static ThrowableWriter plain() {
        ClassValue<Shown> shown = new ClassValue<>() {
            @Override
            protected Shown computeValue(Class<?> type) {
                return Shown.of(type.getName(), MESSAGE);
            }
        };
        return (exception, to, level) -> {
            boolean isJdk = exception.getClass().getClassLoader() == null;
            to.part(exception, shown.get(exception.getClass()), isJdk ? exception.getMessage() : null, level);
        };
    }
}
