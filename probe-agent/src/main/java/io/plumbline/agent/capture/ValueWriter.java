package io.plumbline.agent.capture;

import io.plumbline.agent.capture.thrown.ThrowableReader;
import io.plumbline.config.probe.CaptureBounds;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * Walks values on the application's thread and writes them into a buffer, within the bounds of one probe. What each class
 * looks like is its {@link Shape}'s business; here are the containers: depth, cycles, objects met again, and what happens
 * when a container changes while it is read.
 *
 * <p>Owned by one thread at a time. Between two records it refers to nothing of the application.
 */
final class ValueWriter {
    /** Objects that are recognised when they are met again; further ones are written again. */
    private static final int REMEMBERED = 64;

    private final Shapes shapes;
    private final SnapshotBuffer out;
    private final Object[] path = new Object[CaptureBounds.MAX_DEPTH + 1];
    private final int[] pathNumbers = new int[CaptureBounds.MAX_DEPTH + 1];
    private final Object[] seen = new Object[REMEMBERED];
    private final int[] seenNumbers = new int[REMEMBERED];
    private final int[] seenLevels = new int[REMEMBERED];
    private int seenCount;
    private int containers;
    private CaptureBounds bounds = CaptureBounds.DEFAULT;

    ValueWriter(Shapes shapes, SnapshotBuffer out) {
        this.shapes = shapes;
        this.out = out;
    }

    void begin(CaptureBounds newBounds) {
        bounds = newBounds;
        containers = 0;
    }

    SnapshotBuffer out() {
        return out;
    }

    int maxLength() {
        return bounds.length();
    }

    int maxElements() {
        return bounds.elements();
    }

    /**
     * A variable. Whatever reading it throws, errors of the JVM included, takes its place in words; the record stays
     * readable.
     */
    void variable(Object value) {
        int position = out.position();
        int references = out.references();
        int before = containers;
        try {
            value(value, 0);
        } catch (Throwable t) {
            failed(t, position, references, before);
        }
    }

    /** A value at a level of objects; what reading it throws takes its place. */
    void value(Object value, int level) throws Throwable {
        if (value == null) {
            out.nul();
            return;
        }
        int position = out.position();
        int references = out.references();
        int before = containers;
        try {
            shapes.of(value.getClass()).write(value, this, level);
        } catch (RuntimeException e) {
            failed(e, position, references, before);
        }
    }

    private void failed(Throwable failure, int position, int references, int before) {
        out.reset(position, references);
        containers = before;
        while (seenCount > 0 && seenNumbers[seenCount - 1] >= before) {
            seen[--seenCount] = null;
        }
        out.failed(failure.getClass());
    }

    /** Begins a map of what surrounds the hit. */
    boolean beginContext() {
        boolean begun = out.map();
        containers += begun ? 1 : 0;
        return begun;
    }

    /** One of its pairs. */
    void pair(String name, Object value) {
        if (!out.isFull()) {
            out.text(name, bounds.length());
            variable(value);
        }
    }

    void endContext(boolean all) {
        out.end(out.isFull() ? out.cut() : all ? Cut.NONE : Cut.ELEMENTS, 0);
    }

    /** An exception, with as much of it as the reader takes. */
    void thrown(Throwable exception, ThrowableReader reader, int level) {
        if (isKnown(exception, level) || !out.beginThrown()) {
            return;
        }
        int number = containers++;
        boolean isRemembered = level < bounds.depth();
        if (isRemembered) {
            enter(exception, number, level);
        }
        reader.read(exception, out);
        if (isRemembered) {
            leave(level);
        }
        out.endThrown();
    }

    /** An object by its fields. */
    void fields(Object value, Shown shown, FieldAt[] fields, int level) throws Throwable {
        if (isKnown(value, level) || !out.object(shown)) {
            return;
        }
        int number = containers++;
        if (level >= bounds.depth()) {
            out.end(Cut.DEPTH, 0);
            return;
        }
        enter(value, number, level);
        int written = 0;
        int max = Math.min(fields.length, bounds.fields());
        while (written < max) {
            FieldAt field = fields[written];
            out.charge(field.name().length());
            int before = out.position();
            field.write(value, this, level + 1);
            if (out.position() == before) {
                break;
            }
            written++;
        }
        leave(level);
        out.end(why(Cut.FIELDS, written, fields.length), fields.length - written);
    }

    /** An object of the JDK by one part of it, which is not null. */
    void part(Object value, Shown shown, Object part, int level) throws Throwable {
        if (isKnown(value, level) || !out.object(shown)) {
            return;
        }
        int number = containers++;
        if (level >= bounds.depth()) {
            out.end(Cut.DEPTH, 0);
            return;
        }
        enter(value, number, level);
        value(part, level + 1);
        leave(level);
        out.end(out.cut(), 0);
    }

    /** An object of whose parts nothing is read, but which one it is. */
    void identity(Object value, Shown shown) {
        out.identity(shown, System.identityHashCode(value));
    }

    /** Begins an array or collection; the caller writes elements, then calls {@link #end}. */
    boolean beginList(Object value, int size, int level) {
        return !isKnown(value, level) && out.list() && opened(value, size, level);
    }

    private boolean opened(Object value, int size, int level) {
        int number = containers++;
        if (level >= bounds.depth() && size > 0) {
            out.end(Cut.DEPTH, size);
            return false;
        }
        if (size > 0) {
            enter(value, number, level);
        }
        return true;
    }

    /** Writes one element; false if there was no room. */
    boolean element(Object value, int level) throws Throwable {
        int before = out.position();
        value(value, level + 1);
        return out.position() != before;
    }

    /** Ends an array or collection of which so many elements were written. */
    void end(int written, int size, int level) {
        end(Cut.NONE, written, size, level);
    }

    private void end(Cut failure, int written, int size, int level) {
        if (size > 0) {
            leave(level);
        }
        Cut missing = failure == Cut.NONE && written < bounds.elements() ? Cut.CHANGED : failure;
        out.end(why(missing == Cut.NONE ? Cut.ELEMENTS : missing, written, size), size - written);
    }

    /** A collection whose methods are the JDK's. */
    void collection(Collection<?> items, int level) throws Throwable {
        int size = items.size();
        if (!beginList(items, size, level)) {
            return;
        }
        int written = 0;
        Cut failure = Cut.NONE;
        try {
            if (items instanceof RandomAccess) {
                // without an iterator nothing is allocated
                List<?> list = (List<?>) items;
                int max = Math.min(size, bounds.elements());
                while (written < max && element(list.get(written), level)) {
                    written++;
                }
            } else {
                Iterator<?> iterator = items.iterator();
                while (written < bounds.elements() && iterator.hasNext() && element(iterator.next(), level)) {
                    written++;
                }
            }
        } catch (RuntimeException e) {
            failure = Cut.CHANGED;
        }
        end(failure, written, size, level);
    }

    /** A map whose methods are the JDK's. */
    void map(Map<?, ?> map, Hiding hiding, int level) throws Throwable {
        int size = map.size();
        if (isKnown(map, level) || !out.map() || !opened(map, size, level)) {
            return;
        }
        int written = 0;
        Cut failure = Cut.NONE;
        try {
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            while (written < bounds.elements() && entries.hasNext() && entry(entries.next(), hiding, level)) {
                written++;
            }
        } catch (RuntimeException e) {
            failure = Cut.CHANGED;
        }
        end(failure, written, size, level);
    }

    private boolean entry(Map.Entry<?, ?> entry, Hiding hiding, int level) throws Throwable {
        Object key = entry.getKey();
        value(key, level + 1);
        int before = out.position();
        if (hiding.hidesEntry(key, entry.getValue())) {
            out.redacted();
        } else {
            value(entry.getValue(), level + 1);
        }
        return out.position() != before;
    }

    private Cut why(Cut bound, int written, int size) {
        if (out.isFull()) {
            return out.cut();
        }
        return written < size ? bound : Cut.NONE;
    }

    /** Whether a mark stands for the object, because it stands somewhere in the record already. */
    private boolean isKnown(Object value, int level) {
        for (int i = Math.min(level, bounds.depth()) - 1; i >= 0; i--) {
            if (path[i] == value) {
                out.again(SnapshotBuffer.CYCLE, pathNumbers[i]);
                return true;
            }
        }
        for (int i = 0; i < seenCount; i++) {
            if (seen[i] == value && seenLevels[i] <= level) {
                out.again(SnapshotBuffer.SAME, seenNumbers[i]);
                return true;
            }
        }
        return false;
    }

    private void enter(Object value, int number, int level) {
        path[level] = value;
        pathNumbers[level] = number;
    }

    /** From now on the object is one that stands in the record. */
    private void leave(int level) {
        if (seenCount < REMEMBERED && level < path.length) {
            seen[seenCount] = path[level];
            seenNumbers[seenCount] = pathNumbers[level];
            seenLevels[seenCount++] = level;
        }
        path[level] = null;
    }

    /** Lets go of everything. */
    void clear() {
        Arrays.fill(path, null);
        Arrays.fill(seen, 0, seenCount, null);
        seenCount = 0;
    }
}
