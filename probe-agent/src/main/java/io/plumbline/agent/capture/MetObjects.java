package io.plumbline.agent.capture;

import io.plumbline.config.probe.CaptureBounds;
import java.util.Arrays;

/**
 * The objects that stand in a record already, each with its number among the record's containers: those around the place
 * that is being written, and some of those that were written before.
 *
 * <p>Owned by one thread at a time. Between two records it refers to nothing of the application.
 */
final class MetObjects {
    /** Objects that are recognised when they are met again; further ones are written again. */
    private static final int REMEMBERED = 64;

    private final Object[] path = new Object[CaptureBounds.MAX_DEPTH + 1];
    private final int[] pathNumbers = new int[CaptureBounds.MAX_DEPTH + 1];
    private final Object[] seen = new Object[REMEMBERED];
    private final int[] seenNumbers = new int[REMEMBERED];
    private final int[] seenLevels = new int[REMEMBERED];
    private int seenCount;

    /** The number of an object that is open at a level above this one; -1 if it is not. */
    int around(Object value, int level) {
        for (int i = level - 1; i >= 0; i--) {
            if (path[i] == value) {
                return pathNumbers[i];
            }
        }
        return -1;
    }

    /** The number of an object that was written no deeper than at this level, and so with no less of it; -1 if it was not. */
    int before(Object value, int level) {
        for (int i = 0; i < seenCount; i++) {
            if (seen[i] == value && seenLevels[i] <= level) {
                return seenNumbers[i];
            }
        }
        return -1;
    }

    void enter(Object value, int number, int level) {
        path[level] = value;
        pathNumbers[level] = number;
    }

    /** From now on the object is one that stands in the record. */
    void leave(int level) {
        if (seenCount < REMEMBERED && level < path.length) {
            seen[seenCount] = path[level];
            seenNumbers[seenCount] = pathNumbers[level];
            seenLevels[seenCount++] = level;
        }
        path[level] = null;
    }

    /** What has this number or a higher one is not in the record after all. */
    void forgetFrom(int number) {
        while (seenCount > 0 && seenNumbers[seenCount - 1] >= number) {
            seen[--seenCount] = null;
        }
    }

    /** Lets go of everything. */
    void clear() {
        Arrays.fill(path, null);
        Arrays.fill(seen, 0, seenCount, null);
        seenCount = 0;
    }
}
