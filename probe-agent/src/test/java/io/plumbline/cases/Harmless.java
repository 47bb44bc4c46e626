package io.plumbline.cases;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAccumulator;

/** Objects that tell when any of their methods runs. */
@SuppressWarnings({"unused", "JdkObsolete"})
public class Harmless {
    /** How often code of the application ran. */
    public static int ran;

    private static int count() {
        ran++;
        return ran;
    }

    /** Collides with the hash of {@code "k"}, so that every map asks it whether it is equal. */
    public static class Touchy implements Comparable<Touchy>, CharSequence, Serializable {
        private static final long serialVersionUID = 1L;

        private final String name = "touchy";

        @Override
        public String toString() {
            return "ran " + count();
        }

        @Override
        public boolean equals(Object other) {
            count();
            return this == other;
        }

        @Override
        public int hashCode() {
            count();
            return "k".hashCode();
        }

        @Override
        public int compareTo(Touchy other) {
            return count();
        }

        @Override
        public int length() {
            return count();
        }

        @Override
        public char charAt(int index) {
            return (char) count();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            count();
            return this;
        }

        public String getName() {
            count();
            return name;
        }
    }

    /** A list of the application's own. */
    public static class OwnList extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;

        @Override
        public int size() {
            count();
            return super.size();
        }

        @Override
        public boolean isEmpty() {
            count();
            return super.isEmpty();
        }

        @Override
        public Object get(int index) {
            count();
            return super.get(index);
        }

        @Override
        public boolean contains(Object o) {
            count();
            return super.contains(o);
        }

        @Override
        public Iterator<Object> iterator() {
            count();
            return super.iterator();
        }
    }

    /** A map of the application's own. */
    public static class OwnMap extends HashMap<Object, Object> {
        private static final long serialVersionUID = 1L;

        @Override
        public int size() {
            count();
            return super.size();
        }

        @Override
        public Object get(Object key) {
            count();
            return super.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            count();
            return super.containsKey(key);
        }

        @Override
        public Set<Map.Entry<Object, Object>> entrySet() {
            count();
            return super.entrySet();
        }
    }

    /** A number of the application's own. */
    public static class OwnDecimal extends BigDecimal {
        private static final long serialVersionUID = 1L;

        public OwnDecimal() {
            super("1.5");
        }

        @Override
        public double doubleValue() {
            count();
            return super.doubleValue();
        }

        @Override
        public String toString() {
            count();
            return super.toString();
        }

        @Override
        public int signum() {
            count();
            return super.signum();
        }
    }

    /** An exception of the application's own. */
    public static class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            return "ran " + count();
        }
    }

    /** A thread of the application's own. */
    public static class OwnThread extends Thread {
        @Override
        public long getId() {
            count();
            return super.getId();
        }
    }

    /** An enum whose constants have bodies. */
    public enum Mood {
        GOOD {
            @Override
            public String toString() {
                return "ran " + count();
            }
        }
    }

    /** Its initialiser must not run because a probe names it. */
    public static class Lazy {
        static final List<String> STARTED = start();
        static int number = 5;

        private static List<String> start() {
            count();
            return new ArrayList<>();
        }

        public static int number() {
            return number;
        }
    }

    private final Touchy touchy = new Touchy();
    private final Object asObject = touchy;
    private final CharSequence asText = touchy;
    private final Comparable<Touchy> asComparable = touchy;
    private final List<Object> own = new OwnList();
    private final List<Object> readOnlyOwn = Collections.unmodifiableList(own);
    private final Map<Object, Object> ownMap = new OwnMap();
    private final BigDecimal decimal = new OwnDecimal();
    private final Number number = decimal;
    private final OwnException failure = new OwnException();
    private final Thread thread = new OwnThread();
    private final Mood mood = Mood.GOOD;
    private final List<Object> list = new ArrayList<>(List.of(touchy, touchy));
    private final Set<Object> pair = Set.of(touchy, "other");
    private final Set<Object> turned = Set.of("other", touchy);
    private final Map<Object, Object> map = new HashMap<>();
    private final Map<Object, Object> linked = new LinkedHashMap<>(16, 0.75f, true);
    private final Hashtable<Object, Object> table = new Hashtable<>();
    private final Map<Object, Object> single = Map.of(touchy, touchy);
    private final Optional<Object> optional = Optional.of(touchy);
    private final Object[] array = {touchy, own, decimal};
    private final LongAccumulator accumulator = new LongAccumulator((a, b) -> count(), 0);

    public Harmless() {
        own.add(touchy);
        ownMap.put(touchy, touchy);
        map.put(touchy, touchy);
        linked.put(touchy, touchy);
        table.put(touchy, touchy);
        accumulator.accumulate(1);
    }

    public int here() {
        int result = 1; // @harmless
        return result;
    }
}
