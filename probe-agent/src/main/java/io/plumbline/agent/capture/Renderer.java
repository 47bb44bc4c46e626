package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.Calls;
import java.lang.reflect.Field;
import java.time.ZoneId;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes an object as text on the application's thread, within bounds, without running application code: methods are
 * called on well-known JDK classes only; of other objects the fields are read, one level deep, hidden names left out.
 */
final class Renderer {
    private static final int MAX_TEXT = 1_024;
    private static final int MAX_NESTED_TEXT = 128;
    private static final int MAX_ELEMENTS = 10;
    private static final int MAX_DEPTH = 2;

    private final ObjectShapes shapes;

    Renderer(ObjectShapes shapes) {
        this.shapes = shapes;
    }

    void render(Object value, Slot out) {
        try {
            render(value, out, 0);
        } catch (RuntimeException e) {
            // such as a collection that is changed at this moment
            out.append("<unreadable: ", MAX_TEXT);
            out.append(e.getClass().getSimpleName(), MAX_NESTED_TEXT);
            out.append('>');
        }
    }

    private void render(Object value, Slot out, int depth) {
        int maxText = depth == 0 ? MAX_TEXT : MAX_NESTED_TEXT;
        if (value == null) {
            out.append("null", maxText);
        } else if (shapes.hides(value.getClass())) {
            out.append(ObjectShapes.HIDDEN, maxText);
        } else if (value instanceof String text) {
            out.append(text, maxText);
        } else if (isPlain(value)) {
            out.append(value.toString(), maxText);
        } else if (value instanceof Enum<?> constant) {
            out.append(constant.name(), maxText);
        } else if (value instanceof Class<?> type) {
            out.append(type.getName(), maxText);
        } else if (value instanceof Throwable throwable) {
            throwable(throwable, out, maxText);
        } else if (depth >= MAX_DEPTH) {
            identity(value, out);
        } else if (value.getClass().isArray()) {
            array(value, out, depth);
        } else if (value instanceof Collection<?> items && Calls.isTrusted(value)) {
            elements(items, items.size(), out, depth);
        } else if (value instanceof Map<?, ?> map && Calls.isTrusted(value)) {
            map(map, out, depth);
        } else if (value instanceof Optional<?> optional) {
            out.append("Optional[", maxText);
            render(optional.orElse(null), out, depth + 1);
            out.append(']');
        } else {
            fields(value, out, depth);
        }
    }

    /** Values of the JDK whose toString runs nothing but the JDK. */
    private static boolean isPlain(Object value) {
        Class<?> type = value.getClass();
        if (type.getClassLoader() != null) {
            return false;
        }
        return Calls.isPlain(value)
                || isTime(value)
                || type == StringBuilder.class
                || type == UUID.class
                || type == java.util.Date.class
                || type == java.net.URI.class;
    }

    /** Instants, dates, durations, zones; but no clocks, for they may wrap one of the application. */
    private static boolean isTime(Object value) {
        return value.getClass().getPackageName().equals("java.time")
                && (value instanceof TemporalAccessor || value instanceof TemporalAmount || value instanceof ZoneId);
    }

    private static void throwable(Throwable throwable, Slot out, int maxText) {
        out.append(throwable.getClass().getName(), maxText);
        if (throwable.getClass().getClassLoader() == null && throwable.getMessage() != null) {
            out.append(": ", maxText);
            out.append(throwable.getMessage(), maxText);
        }
    }

    private static void identity(Object value, Slot out) {
        out.append(simpleName(value.getClass()), MAX_NESTED_TEXT);
        out.append('@');
        out.append(Integer.toHexString(System.identityHashCode(value)), MAX_NESTED_TEXT);
    }

    private static String simpleName(Class<?> type) {
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void array(Object array, Slot out, int depth) {
        int length = java.lang.reflect.Array.getLength(array);
        out.append('[');
        for (int i = 0; i < Math.min(length, MAX_ELEMENTS); i++) {
            separate(i, out);
            render(java.lang.reflect.Array.get(array, i), out, depth + 1);
        }
        more(length, out);
        out.append(']');
    }

    private void elements(Collection<?> items, int size, Slot out, int depth) {
        out.append('[');
        int i = 0;
        for (Object item : items) {
            if (i == MAX_ELEMENTS) {
                break;
            }
            separate(i++, out);
            render(item, out, depth + 1);
        }
        more(size, out);
        out.append(']');
    }

    private void map(Map<?, ?> map, Slot out, int depth) {
        out.append('{');
        int i = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (i == MAX_ELEMENTS) {
                break;
            }
            separate(i++, out);
            render(entry.getKey(), out, depth + 1);
            out.append('=');
            boolean hidden = shapes.hidesEntry(entry.getKey(), entry.getValue());
            render(hidden ? ObjectShapes.HIDDEN : entry.getValue(), out, depth + 1);
        }
        more(map.size(), out);
        out.append('}');
    }

    private void fields(Object value, Slot out, int depth) {
        Field[] fields = depth == MAX_DEPTH - 1 && depth > 0 ? ObjectShapes.NONE : shapes.of(value.getClass());
        if (fields.length == 0) {
            identity(value, out);
            return;
        }
        out.append(simpleName(value.getClass()), MAX_NESTED_TEXT);
        out.append('{');
        for (int i = 0; i < Math.min(fields.length, MAX_ELEMENTS); i++) {
            separate(i, out);
            out.append(fields[i].getName(), MAX_NESTED_TEXT);
            out.append('=');
            field(value, fields[i], out, depth);
        }
        more(fields.length, out);
        out.append('}');
    }

    private void field(Object owner, Field field, Slot out, int depth) {
        if (shapes.hides(field)) {
            out.append(ObjectShapes.HIDDEN, MAX_NESTED_TEXT);
            return;
        }
        try {
            render(field.get(owner), out, depth + 1);
        } catch (IllegalAccessException e) {
            out.append('?');
        }
    }

    private static void separate(int i, Slot out) {
        if (i > 0) {
            out.append(", ", 2);
        }
    }

    private static void more(int size, Slot out) {
        if (size > MAX_ELEMENTS) {
            out.append(", … ", MAX_NESTED_TEXT);
            out.append(Integer.toString(size - MAX_ELEMENTS), MAX_NESTED_TEXT);
            out.append(" more", MAX_NESTED_TEXT);
        }
    }
}
