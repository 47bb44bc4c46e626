package io.plumbline.agent.capture.thrown;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The private parts of {@link Throwable} and {@link StackTraceElement}, as every getter of an exception can be overridden.
 *
 * <p>Frames that the JVM has not yet turned into elements are asked for by the JDK's own private method, which keeps them
 * with the exception: they are made once, and the application's own log call finds them there. That method holds the
 * exception's monitor, and must: the JVM writes beyond the array when the exception is filled in anew meanwhile. An
 * exception that has its elements, or has no frames at all, is read without a lock.
 */
final class ThrowableFields {
    private static final StackTraceElement[] NO_FRAMES = new StackTraceElement[0];

    /** The JVM's own bound is 1,024 unless a flag lifts it. */
    private static final int MAX_DEPTH = 4_096;

    private static final int BUILTIN_LOADER = 1;
    private static final int JDK_MODULE = 2;

    private final JdkThrowables jdk = new JdkThrowables();
    private final MethodHandle message;
    private final MethodHandle cause;
    private final MethodHandle suppressed;
    private final MethodHandle stackTrace;
    private final MethodHandle backtrace;
    private final MethodHandle depth;
    private final MethodHandle ourStackTrace;
    private final MethodHandle format;

    /**
     * @param opener opens a class's package to the agent
     * @throws ReflectiveOperationException when this JDK keeps exceptions in another way
     */
    ThrowableFields(Consumer<Class<?>> opener) throws ReflectiveOperationException {
        opener.accept(Throwable.class);
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Throwable.class, MethodHandles.lookup());
        message = lookup.findGetter(Throwable.class, "detailMessage", String.class);
        cause = lookup.findGetter(Throwable.class, "cause", Throwable.class);
        suppressed = lookup.findGetter(Throwable.class, "suppressedExceptions", List.class);
        stackTrace = lookup.findGetter(Throwable.class, "stackTrace", StackTraceElement[].class);
        backtrace = lookup.findGetter(Throwable.class, "backtrace", Object.class);
        depth = lookup.findGetter(Throwable.class, "depth", int.class);
        ourStackTrace = lookup.findVirtual(
                Throwable.class, "getOurStackTrace", MethodType.methodType(StackTraceElement[].class));
        format = MethodHandles.privateLookupIn(StackTraceElement.class, MethodHandles.lookup())
                .findGetter(StackTraceElement.class, "format", byte.class);
    }

    String message(Throwable throwable) throws Throwable {
        return jdk.mayAskMessage(throwable.getClass())
                ? throwable.getMessage()
                : (String) message.invokeExact(throwable);
    }

    /** The cause, or null. */
    Throwable cause(Throwable throwable) throws Throwable {
        Throwable found =
                jdk.mayAskCause(throwable.getClass()) ? throwable.getCause() : (Throwable) cause.invokeExact(throwable);
        return found == throwable ? null : found;
    }

    /** The list of suppressed exceptions; null if there are none. Exactly the JDK's list, as a subclass could be anyone's. */
    ArrayList<?> suppressed(Throwable throwable) throws Throwable {
        List<?> found = (List<?>) suppressed.invokeExact(throwable);
        return found != null && found.getClass() == ArrayList.class ? (ArrayList<?>) found : null;
    }

    /** The frames, not to be changed; empty if there are none or {@link #isTooDeep too many}. */
    StackTraceElement[] frames(Throwable throwable) throws Throwable {
        StackTraceElement[] known = (StackTraceElement[]) stackTrace.invokeExact(throwable);
        if (known != null && known.length > 0) {
            return known;
        }
        if ((Object) backtrace.invokeExact(throwable) == null || isTooDeep(throwable)) {
            return NO_FRAMES;
        }
        return (StackTraceElement[]) ourStackTrace.invokeExact(throwable);
    }

    private boolean isTooDeep(Throwable throwable) throws Throwable {
        return (int) depth.invokeExact(throwable) > MAX_DEPTH;
    }

    /** How many frames were not asked for, because they are too many. */
    int framesUnread(Throwable throwable, StackTraceElement[] frames) throws Throwable {
        boolean unread = frames.length == 0 && (Object) backtrace.invokeExact(throwable) != null;
        return unread && isTooDeep(throwable) ? (int) depth.invokeExact(throwable) : 0;
    }

    /** Whether the JDK prints the name of the element's class loader. */
    boolean showsLoader(StackTraceElement element) throws Throwable {
        String name = element.getClassLoaderName();
        return name != null && !name.isEmpty() && ((byte) format.invokeExact(element) & BUILTIN_LOADER) == 0;
    }

    /** Whether the JDK prints the version of the element's module. */
    boolean showsVersion(StackTraceElement element) throws Throwable {
        String version = element.getModuleVersion();
        return version != null && !version.isEmpty() && ((byte) format.invokeExact(element) & JDK_MODULE) == 0;
    }
}
