package io.plumbline.agent.capture;

import java.util.Map;

/** How arrays are shown: a text for characters, else their elements. */
final class ArrayShapes {

    /** Writes one element of a primitive array. */
    private interface Element<A> {
        void write(A array, int index, SnapshotBuffer out);
    }

    private static final Map<Class<?>, Shape> PRIMITIVES = Map.of(
            boolean[].class,
            primitives((boolean[] array, int i, SnapshotBuffer out) -> out.bool(array[i])),
            byte[].class,
            primitives((byte[] array, int i, SnapshotBuffer out) -> out.integer(array[i])),
            short[].class,
            primitives((short[] array, int i, SnapshotBuffer out) -> out.integer(array[i])),
            int[].class,
            primitives((int[] array, int i, SnapshotBuffer out) -> out.integer(array[i])),
            long[].class,
            primitives((long[] array, int i, SnapshotBuffer out) -> out.integer(array[i])),
            float[].class,
            primitives((float[] array, int i, SnapshotBuffer out) -> out.single(array[i])),
            double[].class,
            primitives((double[] array, int i, SnapshotBuffer out) -> out.decimal(array[i])),
            char[].class,
            primitives((char[] array, int i, SnapshotBuffer out) -> out.character(array[i])));

    private ArrayShapes() {}

    static Shape of(Class<?> type) {
        Shape primitive = PRIMITIVES.get(type);
        return primitive == null ? ArrayShapes::references : primitive;
    }

    private static void references(Object value, ValueWriter to, int level) throws Throwable {
        Object[] array = (Object[]) value;
        if (!to.beginList(array, array.length, level)) {
            return;
        }
        int max = Math.min(array.length, to.maxElements());
        int written = 0;
        while (written < max && to.element(array[written], level)) {
            written++;
        }
        to.end(written, array.length, level);
    }

    @SuppressWarnings("unchecked") // by the class it is found under
    private static <A> Shape primitives(Element<A> element) {
        return (value, to, level) -> {
            int length = java.lang.reflect.Array.getLength(value);
            if (!to.beginList(value, length, level)) {
                return;
            }
            int max = Math.min(length, to.maxElements());
            int written = 0;
            for (int i = 0; i < max && !to.out().isFull(); i++) {
                int before = to.out().position();
                element.write((A) value, i, to.out());
                written += to.out().position() == before ? 0 : 1;
            }
            to.end(written, length, level);
        };
    }
}
