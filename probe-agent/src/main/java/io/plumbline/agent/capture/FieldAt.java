package io.plumbline.agent.capture;

import java.lang.reflect.Field;
import java.util.function.Consumer;

/** One instance field of a class, found once and read by every hit that meets such an object. */
final class FieldAt {
    private final String name;
    private final char kind;
    private final boolean hidden;
    private final long offset;

    /** Null where {@link Memory} reads. */
    private final Field field;

    private FieldAt(String name, char kind, boolean hidden, long offset, Field field) {
        this.name = name;
        this.kind = kind;
        this.hidden = hidden;
        this.offset = offset;
        this.field = field;
    }

    /**
     * @param name under which it is shown
     * @param opener opens a class's module to the agent, for reflection
     * @throws RuntimeException when the JVM does not let it be read
     */
    static FieldAt of(Field field, String name, boolean hidden, Consumer<Class<?>> opener) {
        long offset = Memory.offset(field);
        return offset >= 0 || hidden
                ? new FieldAt(name, kind(field), hidden, offset, null)
                : byReflection(field, name, opener);
    }

    /** Where the JVM does not open its internals. */
    static FieldAt byReflection(Field field, String name, Consumer<Class<?>> opener) {
        if (!field.trySetAccessible()) {
            opener.accept(field.getDeclaringClass());
            field.setAccessible(true);
        }
        return new FieldAt(name, kind(field), false, -1, field);
    }

    private static char kind(Field field) {
        return field.getType().descriptorString().charAt(0);
    }

    String name() {
        return name;
    }

    void write(Object owner, ValueWriter to, int level) throws Throwable {
        if (hidden) {
            to.out().redacted();
        } else if (field == null) {
            load(owner, to, level);
        } else {
            reflect(owner, to, level);
        }
    }

    /** The object itself; null where the field holds a primitive or is hidden. */
    Object reference(Object owner) throws Throwable {
        if (hidden || (kind != 'L' && kind != '[')) {
            return null;
        }
        return field == null ? Memory.reference(owner, offset) : field.get(owner);
    }

    private void load(Object owner, ValueWriter to, int level) throws Throwable {
        switch (kind) {
            case 'Z' -> to.out().bool(Memory.bool(owner, offset));
            case 'B' -> to.out().integer(Memory.int8(owner, offset));
            case 'C' -> to.out().character(Memory.character(owner, offset));
            case 'S' -> to.out().integer(Memory.int16(owner, offset));
            case 'I' -> to.out().integer(Memory.int32(owner, offset));
            case 'J' -> to.out().integer(Memory.int64(owner, offset));
            case 'F' -> to.out().single(Memory.float32(owner, offset));
            case 'D' -> to.out().decimal(Memory.float64(owner, offset));
            default -> to.value(Memory.reference(owner, offset), level);
        }
    }

    private void reflect(Object owner, ValueWriter to, int level) throws Throwable {
        switch (kind) {
            case 'Z' -> to.out().bool(field.getBoolean(owner));
            case 'B' -> to.out().integer(field.getByte(owner));
            case 'C' -> to.out().character(field.getChar(owner));
            case 'S' -> to.out().integer(field.getShort(owner));
            case 'I' -> to.out().integer(field.getInt(owner));
            case 'J' -> to.out().integer(field.getLong(owner));
            case 'F' -> to.out().single(field.getFloat(owner));
            case 'D' -> to.out().decimal(field.getDouble(owner));
            default -> to.value(field.get(owner), level);
        }
    }
}
