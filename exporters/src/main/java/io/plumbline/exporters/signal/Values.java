package io.plumbline.exporters.signal;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Small reads and copies of attribute values. */
final class Values {

    private Values() {}

    /** Maps that nobody else can change are not copied again. */
    private static final class Owned extends AbstractMap<String, Object> {
        private final LinkedHashMap<String, Object> values;

        Owned(LinkedHashMap<String, Object> values) {
            this.values = values;
        }

        @Override
        public Object get(Object key) {
            return values.get(key);
        }

        @Override
        public boolean containsKey(Object key) {
            return values.containsKey(key);
        }

        @Override
        public int size() {
            return values.size();
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return Collections.unmodifiableMap(values).entrySet();
        }
    }

    /** A map that its maker lets go of: it is not copied, and can't be changed. */
    static Map<String, Object> owned(LinkedHashMap<String, Object> values) {
        return new Owned(values);
    }

    /** An unmodifiable copy in the same order, which {@link Map#copyOf} would lose. */
    static Map<String, Object> copyOf(Map<String, ?> values) {
        if (values instanceof Owned owned) {
            return owned;
        }
        return values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The value as text, or "" if there is none. */
    static String text(Map<String, Object> values, String name) {
        Object value = values.get(name);
        return value == null ? "" : value.toString();
    }
}
