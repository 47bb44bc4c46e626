package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.Calls;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How values of well-known classes of the JDK are shown. Exact classes only: a subclass could be the application's. */
final class JdkShapes {
    /** Larger numbers are no use to a reader, and take long to write in decimal. */
    private static final int MAX_BITS = 4_096;

    private static final int NANOS_PER_MILLI = 1_000_000;

    /** Immutable, and written by a toString that runs the JDK only. */
    private static final Set<String> CONSTANTS = Set.of(
            "java.util.UUID",
            "java.net.URI",
            "java.util.regex.Pattern",
            "java.util.Currency",
            "java.net.Inet4Address",
            "java.net.Inet6Address",
            "java.io.File",
            "sun.nio.fs.UnixPath",
            "sun.nio.fs.WindowsPath");

    /** Besides those that expressions trust: iterated without a call of the application, and without a lock. */
    private static final Set<String> TRUSTED = Set.of(
            "java.util.RegularEnumSet",
            "java.util.JumboEnumSet",
            "java.util.PriorityQueue",
            "java.util.HashMap$KeySet",
            "java.util.HashMap$Values",
            "java.util.LinkedHashMap$LinkedKeySet",
            "java.util.LinkedHashMap$LinkedValues",
            "java.util.concurrent.ConcurrentSkipListMap",
            "java.util.concurrent.CopyOnWriteArraySet");

    /** Wrappers, and the field that holds what they wrap. */
    private static final Map<String, String> WRAPPERS = wrappers();

    /** Sets that are the keys of a map, and the field that holds it. */
    private static final Map<String, String> KEYS = Map.of(
            "java.util.TreeSet", "m",
            "java.util.Collections$SetFromMap", "m",
            "java.util.concurrent.ConcurrentSkipListSet", "m",
            "java.util.concurrent.ConcurrentHashMap$KeySetView", "map");

    /** The JDK's superclasses that hold nothing. */
    private static final Set<Class<?>> EMPTY = Set.of(Object.class, Record.class, Number.class);

    private static final Shown OPTIONAL = Shown.of("java.util.Optional", "value");
    private static final Shown REFERENCE = Shown.of("java.util.concurrent.atomic.AtomicReference", "value");
    private static final Shown NO_NUMBER = Shown.of("java.math.BigInteger");
    private static final Map<Class<?>, Shape> SHAPES = shapes();

    private JdkShapes() {}

    /** Null for a class that is not known. */
    static Shape of(Class<?> type) {
        if (type == String.class) {
            return (value, to, level) -> text((String) value, to);
        }
        Shape shape = SHAPES.get(type);
        if (shape != null) {
            return shape;
        }
        if (type.getName().startsWith("java.sql.") && Date.class.isAssignableFrom(type)) {
            return SHAPES.get(Date.class);
        }
        if (Enum.class.isAssignableFrom(type)) {
            return (value, to, level) -> constant(((Enum<?>) value).name(), to);
        }
        if (Thread.class.isAssignableFrom(type)) {
            Shown shown = Shown.of(type.getName(), "name");
            return (value, to, level) -> to.part(value, shown, ((Thread) value).getName(), level);
        }
        return isConstant(type) ? (value, to, level) -> to.out().constant(value, 40) : null;
    }

    private static void text(String text, ValueWriter to) {
        to.out().text(text, to.maxLength());
    }

    private static void constant(String text, ValueWriter to) {
        to.out().constant(text, text.length());
    }

    private static boolean isConstant(Class<?> type) {
        if (type.getClassLoader() != null) {
            return false;
        }
        boolean isTime = type.getPackageName().equals("java.time")
                && (TemporalAccessor.class.isAssignableFrom(type)
                        || TemporalAmount.class.isAssignableFrom(type)
                        || ZoneId.class.isAssignableFrom(type));
        return isTime || CONSTANTS.contains(type.getName());
    }

    private static Map<Class<?>, Shape> shapes() {
        Map<Class<?>, Shape> shapes = new HashMap<>();
        shapes.put(Boolean.class, (value, to, level) -> to.out().bool((Boolean) value));
        shapes.put(Byte.class, (value, to, level) -> to.out().integer((Byte) value));
        shapes.put(Short.class, (value, to, level) -> to.out().integer((Short) value));
        shapes.put(Integer.class, (value, to, level) -> to.out().integer((Integer) value));
        shapes.put(Long.class, (value, to, level) -> to.out().integer((Long) value));
        shapes.put(Character.class, (value, to, level) -> to.out().character((Character) value));
        shapes.put(Float.class, (value, to, level) -> to.out().single((Float) value));
        shapes.put(Double.class, (value, to, level) -> to.out().decimal((Double) value));
        shapes.put(AtomicBoolean.class, (value, to, level) -> to.out().bool(((AtomicBoolean) value).get()));
        shapes.put(AtomicInteger.class, (value, to, level) -> to.out().integer(((AtomicInteger) value).get()));
        shapes.put(AtomicLong.class, (value, to, level) -> to.out().integer(((AtomicLong) value).get()));
        shapes.put(LongAdder.class, (value, to, level) -> to.out().integer(((LongAdder) value).sum()));
        shapes.put(DoubleAdder.class, (value, to, level) -> to.out().decimal(((DoubleAdder) value).sum()));
        shapes.put(BigInteger.class, (value, to, level) -> number((BigInteger) value, value, to));
        shapes.put(BigDecimal.class, (value, to, level) -> number(((BigDecimal) value).unscaledValue(), value, to));
        shapes.put(Date.class, (value, to, level) -> moment(((Date) value).getTime(), to));
        shapes.put(Class.class, (value, to, level) -> constant(((Class<?>) value).getName(), to));
        shapes.put(StringBuilder.class, (value, to, level) -> builder((StringBuilder) value, to));
        shapes.put(
                Optional.class,
                (value, to, level) -> to.part(value, OPTIONAL, ((Optional<?>) value).orElse(null), level));
        shapes.put(OptionalInt.class, (value, to, level) -> optional((OptionalInt) value, to));
        shapes.put(OptionalLong.class, (value, to, level) -> optional((OptionalLong) value, to));
        shapes.put(OptionalDouble.class, (value, to, level) -> optional((OptionalDouble) value, to));
        shapes.put(
                AtomicReference.class,
                (value, to, level) -> to.part(value, REFERENCE, ((AtomicReference<?>) value).get(), level));
        return shapes;
    }

    private static void number(BigInteger digits, Object value, ValueWriter to) {
        int bits = digits.bitLength();
        if (bits > MAX_BITS) {
            to.identity(value, NO_NUMBER);
        } else {
            to.out().constant(value, bits / 3 + 12);
        }
    }

    private static void moment(long epochMillis, ValueWriter to) {
        to.out().moment(Math.floorDiv(epochMillis, 1_000L), (int) Math.floorMod(epochMillis, 1_000L) * NANOS_PER_MILLI);
    }

    /** A copy of what is needed; the builder may be changed at this moment. */
    private static void builder(StringBuilder builder, ValueWriter to) {
        int length = builder.length();
        to.out().text(builder.substring(0, Math.min(length, to.maxLength() + 1)), to.maxLength());
    }

    private static void optional(OptionalInt value, ValueWriter to) {
        if (value.isPresent()) {
            to.out().integer(value.getAsInt());
        } else {
            to.out().nul();
        }
    }

    private static void optional(OptionalLong value, ValueWriter to) {
        if (value.isPresent()) {
            to.out().integer(value.getAsLong());
        } else {
            to.out().nul();
        }
    }

    private static void optional(OptionalDouble value, ValueWriter to) {
        if (value.isPresent()) {
            to.out().decimal(value.getAsDouble());
        } else {
            to.out().nul();
        }
    }

    /** Whether the methods of this very class, a collection or a map, run nothing of the application. */
    static boolean isTrusted(Class<?> type) {
        return type.getClassLoader() == null && (TRUSTED.contains(type.getName()) || Calls.isTrustedClass(type));
    }

    /** The field that holds what a wrapper wraps; null for other classes. */
    static String wrappedField(Class<?> type) {
        return type.getClassLoader() == null ? WRAPPERS.get(type.getName()) : null;
    }

    /** The field that holds the map whose keys a set is; null for other classes. */
    static String keysField(Class<?> type) {
        return type.getClassLoader() == null ? KEYS.get(type.getName()) : null;
    }

    /** Whether a class of the JDK holds nothing that a subclass's objects could be missed for. */
    static boolean isEmpty(Class<?> type) {
        return EMPTY.contains(type) || type.getName().startsWith("java.util.Abstract");
    }

    private static Map<String, String> wrappers() {
        Map<String, String> wrappers = new HashMap<>();
        for (String how : Set.of("Unmodifiable", "Synchronized", "Checked")) {
            for (String what : Set.of("Collection", "List", "RandomAccessList", "Set", "SortedSet", "NavigableSet")) {
                wrappers.put("java.util.Collections$" + how + what, "c");
            }
            for (String what : Set.of("Map", "SortedMap", "NavigableMap")) {
                wrappers.put("java.util.Collections$" + how + what, "m");
            }
        }
        return wrappers;
    }
}
