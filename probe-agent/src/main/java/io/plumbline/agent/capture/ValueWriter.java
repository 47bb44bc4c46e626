package io.plumbline.agent.capture;

import io.plumbline.agent.capture.thrown.ThrowableReader;
import io.plumbline.config.probe.CaptureBounds;
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
    private final Shapes shapes;
    private final SnapshotBuffer out;
    private final MetObjects met = new MetObjects();
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
        met.forgetFrom(before);
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
            met.enter(exception, number, level);
        }
        reader.read(exception, out);
        if (isRemembered) {
            met.leave(level);
        }
        out.endThrown();
    }

    private boolean beginObject(Object value, Shown shown, int level) {
        return !isKnown(value, level) && out.object(shown) && entered(value, 0, level);
    }

    /** A container has begun; one that lies too deep ends at once, with so many parts left out. */
    private boolean entered(Object value, int parts, int level) {
        int number = containers++;
        if (level >= bounds.depth()) {
            out.end(Cut.DEPTH, parts);
            return false;
        }
        met.enter(value, number, level);
        return true;
    }

    /** An object by its fields. */
    void fields(Object value, Shown shown, FieldAt[] fields, int level) throws Throwable {
        if (!beginObject(value, shown, level)) {
            return;
        }
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
        met.leave(level);
        out.end(why(Cut.FIELDS, written, fields.length), fields.length - written);
    }

    /** An object of the JDK by one part of it, which is not null. */
    void part(Object value, Shown shown, Object part, int level) throws Throwable {
        if (!beginObject(value, shown, level)) {
            return;
        }
        value(part, level + 1);
        met.leave(level);
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
        if (size <= 0) {
            containers++;
            return true;
        }
        return entered(value, size, level);
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
            met.leave(level);
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
        int around = met.around(value, Math.min(level, bounds.depth()));
        if (around >= 0) {
            out.again(SnapshotBuffer.CYCLE, around);
            return true;
        }
        int before = met.before(value, level);
        if (before >= 0) {
            out.again(SnapshotBuffer.SAME, before);
        }
        return before >= 0;
    }

    /** Lets go of everything. */
    void clear() {
        met.clear();
    }
}
