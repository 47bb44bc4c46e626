package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Calls;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * The pure JDK methods that expressions may call, by class and name. Classes here are final or, where the application
 * may extend them, checked by exact class at run time. Collections and maps go by way of {@link Calls}.
 */
final class JdkCalls {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();
    private static final Map<String, Set<String>> ALLOWED = allowed();
    private static final Set<String> COLLECTION = Set.of("size", "isEmpty", "get", "contains");
    private static final Set<String> MAP = Set.of("size", "isEmpty", "get", "containsKey");

    private JdkCalls() {}

    private static Map<String, Set<String>> allowed() {
        Map<String, Set<String>> map = new TreeMap<>();
        allow(
                map,
                String.class,
                "length isEmpty isBlank charAt substring indexOf lastIndexOf startsWith endsWith contains"
                        + " equals equalsIgnoreCase compareTo compareToIgnoreCase toLowerCase toUpperCase trim strip stripLeading"
                        + " stripTrailing hashCode concat codePointAt");
        for (Class<?> box : Arrays.<Class<?>>asList(
                Byte.class, Short.class, Integer.class, Long.class, Float.class, Double.class)) {
            allow(
                    map,
                    box,
                    "byteValue shortValue intValue longValue floatValue doubleValue compare compareTo isNaN"
                            + " isInfinite bitCount signum sum max min toHexString toBinaryString"
                            + " toString parseInt parseLong parseDouble");
        }
        allow(map, Boolean.class, "booleanValue parseBoolean toString");
        allow(
                map,
                Character.class,
                "charValue isDigit isLetter isLetterOrDigit isUpperCase isLowerCase isWhitespace isAlphabetic"
                        + " getNumericValue toLowerCase toUpperCase toString");
        allow(
                map,
                Math.class,
                "abs max min floor ceil round rint sqrt cbrt pow signum log log10 exp floorMod floorDiv hypot"
                        + " sin cos tan asin acos atan atan2 toRadians toDegrees");
        allow(map, System.class, "currentTimeMillis nanoTime identityHashCode");
        allow(map, Enum.class, "name ordinal");
        allow(map, Class.class, "getName getSimpleName getPackageName");
        allow(map, Object.class, "getClass");
        allow(map, Thread.class, "currentThread getName getId isDaemon");
        allow(map, Optional.class, "isPresent isEmpty get");
        allow(map, OptionalInt.class, "isPresent isEmpty getAsInt");
        allow(map, OptionalLong.class, "isPresent isEmpty getAsLong");
        allow(map, OptionalDouble.class, "isPresent isEmpty getAsDouble");
        allow(map, UUID.class, "getMostSignificantBits getLeastSignificantBits toString version compareTo");
        allow(map, BigDecimal.class, "doubleValue intValue longValue signum scale precision compareTo toPlainString");
        allow(map, BigInteger.class, "doubleValue intValue longValue signum bitLength compareTo");
        allow(
                map,
                Duration.class,
                "toNanos toMillis toSeconds toMinutes toHours toDays getSeconds getNano isNegative isZero"
                        + " between ofMillis ofSeconds compareTo");
        allow(map, Instant.class, "toEpochMilli getEpochSecond getNano isAfter isBefore compareTo now");
        String date = "getYear getMonthValue getDayOfMonth getDayOfYear";
        String time = "getHour getMinute getSecond getNano";
        allow(map, LocalDate.class, date + " toEpochDay isLeapYear isAfter isBefore");
        allow(map, LocalTime.class, time + " toSecondOfDay toNanoOfDay isAfter isBefore compareTo");
        allow(map, LocalDateTime.class, date + " " + time + " isAfter isBefore");
        allow(map, ZonedDateTime.class, date + " " + time + " toEpochSecond toInstant isAfter isBefore");
        allow(map, OffsetDateTime.class, date + " " + time + " toEpochSecond toInstant isAfter isBefore");
        allow(map, Period.class, "getYears getMonths getDays isNegative isZero");
        allow(map, URI.class, "getScheme getHost getPort getPath");
        allow(map, AtomicInteger.class, "get");
        allow(map, AtomicLong.class, "get");
        allow(map, AtomicBoolean.class, "get");
        allow(map, AtomicReference.class, "get");
        allow(map, LongAdder.class, "sum");
        allow(map, DoubleAdder.class, "sum");
        return map;
    }

    /** Of the names, those that the class has. */
    private static void allow(Map<String, Set<String>> map, Class<?> type, String names) {
        Set<String> own = new TreeSet<>();
        for (Method method : type.getMethods()) {
            own.add(method.getName());
        }
        own.retainAll(Arrays.asList(names.split(" ")));
        map.put(type.getName(), own);
    }

    /** The names that may be called, by class. */
    static Map<String, Set<String>> all() {
        return Collections.unmodifiableMap(ALLOWED);
    }

    /** Whether calls on this static type go by way of {@link Calls}. */
    static boolean isContainer(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    /** The names that may be called on a type, for messages. */
    static Set<String> names(Class<?> type) {
        if (isContainer(type)) {
            return new TreeSet<>(Map.class.isAssignableFrom(type) ? MAP : COLLECTION);
        }
        Set<String> names = new TreeSet<>(ALLOWED.getOrDefault(type.getName(), Set.of()));
        if (Enum.class.isAssignableFrom(type)) {
            names.addAll(ALLOWED.get(Enum.class.getName()));
        }
        return names;
    }

    /** The class among the allowed ones that has the method: the type itself, Enum, or Object for getClass. */
    private static Class<?> owner(Class<?> type, String name) {
        if (ALLOWED.getOrDefault(type.getName(), Set.of()).contains(name) && Fields.isJdk(type)) {
            return type;
        }
        if (Enum.class.isAssignableFrom(type)
                && ALLOWED.get(Enum.class.getName()).contains(name)) {
            return Enum.class;
        }
        return name.equals("getClass") ? Object.class : null;
    }

    /**
     * The method that a call means: the first applicable one whose parameters need the least widening; null if none is
     * allowed or applicable.
     */
    static Method find(Class<?> type, boolean isStatic, String name, Class<?>[] arguments) {
        Class<?> owner = owner(type, name);
        if (owner == null) {
            return null;
        }
        Method best = null;
        for (Method method : owner.getMethods()) {
            boolean fits = method.getName().equals(name)
                    && !method.isBridge()
                    && Modifier.isStatic(method.getModifiers()) == isStatic
                    && applicable(method.getParameterTypes(), arguments);
            if (fits && (best == null || closer(method.getParameterTypes(), best.getParameterTypes()))) {
                best = method;
            }
        }
        return best;
    }

    private static boolean applicable(Class<?>[] parameters, Class<?>[] arguments) {
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            if (!fits(parameters[i], arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean fits(Class<?> parameter, Class<?> argument) {
        if (parameter.isPrimitive()) {
            return Types.widens(Types.unboxed(argument), parameter);
        }
        // texts and values of the JDK only: a parameter's equals or compareTo may be called
        boolean safe = !argument.isPrimitive()
                && Fields.isJdk(argument)
                && !argument.isInterface()
                && Modifier.isFinal(argument.getModifiers());
        return safe && parameter.isAssignableFrom(argument);
    }

    static boolean closer(Class<?>[] a, Class<?>[] b) {
        for (int i = 0; i < a.length; i++) {
            if (a[i] != b[i]) {
                return a[i].isPrimitive() ? Types.widens(a[i], b[i]) : b[i].isAssignableFrom(a[i]);
            }
        }
        return false;
    }

    /** Whether an application's subclass could answer instead. */
    static boolean isOpen(Method method) {
        return !Modifier.isFinal(method.getModifiers())
                && !Modifier.isFinal(method.getDeclaringClass().getModifiers());
    }

    /** Whether methods of the name may be called on a class of the JDK. */
    static boolean isListed(Class<?> type, String name) {
        return ALLOWED.getOrDefault(type.getName(), Set.of()).contains(name);
    }

    /** A handle of the method; {@code get} of an Optional that is empty gives null. */
    static MethodHandle handle(Method method) {
        try {
            if (method.getDeclaringClass() == Optional.class && method.getName().equals("get")) {
                Method orElse = Optional.class.getMethod("orElse", Object.class);
                return MethodHandles.insertArguments(LOOKUP.unreflect(orElse), 1, (Object) null);
            }
            return LOOKUP.unreflect(method);
        } catch (IllegalAccessException | NoSuchMethodException e) {
            throw new IllegalStateException("public JDK method not accessible: " + method, e);
        }
    }

    /** The method of {@link Calls} that stands for a call on a collection or map; null if there is none. */
    static Method container(Class<?> type, String name, Class<?>[] arguments) {
        if (!names(type).contains(name)) {
            return null;
        }
        String stand = name.equals("containsKey") ? "contains" : name;
        boolean isMap = Map.class.isAssignableFrom(type);
        for (Method method : Calls.class.getMethods()) {
            Class<?>[] parameters = method.getParameterTypes();
            boolean sameShape = method.getName().equals(stand) && parameters.length == arguments.length + 1;
            boolean place = !isMap && name.equals("get");
            if (sameShape && (arguments.length == 0 || containerArgument(parameters[1], arguments[0], place))) {
                return method;
            }
        }
        return null;
    }

    /** A place in a list is an int; all else is an object. */
    private static boolean containerArgument(Class<?> parameter, Class<?> argument, boolean place) {
        if (place || parameter == int.class) {
            return place && parameter == int.class && Types.widens(Types.unboxed(argument), int.class);
        }
        return argument == String.class
                || Types.isNumeric(argument)
                || Types.isBoolean(argument)
                || Enum.class.isAssignableFrom(argument);
    }
}
