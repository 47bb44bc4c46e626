package io.plumbline.agent.bridge;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps hits in classes of the JDK from themselves: what a hit runs uses the JDK too, and would hit again without end.
 * While a thread is inside, no site in a JDK class counts for it; the agent's own threads never count there. Sites in other
 * classes don't ask, so they don't pay.
 *
 * <p>Called by application threads. Allocates nothing, never blocks, calls no code of the application. A thread that finds
 * no place among {@value #REACH}, because about a thousand others are inside at this moment, goes without its hit.
 */
public final class Guard {
    /** What {@link #enter} answers when the hit must not run. */
    public static final int CLOSED = -1;

    private static final int PLACES = 1_024;
    private static final int REACH = 8;

    /** Who is inside. A thread puts itself in and takes itself out, nobody else does. */
    private static final AtomicReferenceArray<Thread> INSIDE = new AtomicReferenceArray<>(PLACES);

    /** Set once by the agent at its start, read by every hit in a JDK class. */
    private static volatile ThreadGroup spared;

    private Guard() {}

    /** Names the group of the threads that never count. */
    public static void spare(ThreadGroup agentThreads) {
        spared = agentThreads;
    }

    /** Goes inside: a place to {@link #leave}, or {@link #CLOSED}. */
    public static int enter() {
        Thread self = Thread.currentThread();
        ThreadGroup agentThreads = spared;
        if (agentThreads != null && self.getThreadGroup() == agentThreads) {
            return CLOSED;
        }
        int start = System.identityHashCode(self);
        return isInside(self, start) ? CLOSED : take(self, start);
    }

    private static boolean isInside(Thread self, int start) {
        for (int i = 0; i < REACH; i++) {
            // plain, for only this thread writes what is looked for
            if (INSIDE.getPlain((start + i) & (PLACES - 1)) == self) {
                return true;
            }
        }
        return false;
    }

    private static int take(Thread self, int start) {
        for (int i = 0; i < REACH; i++) {
            int place = (start + i) & (PLACES - 1);
            if (INSIDE.getPlain(place) == null && INSIDE.compareAndSet(place, null, self)) {
                return place;
            }
        }
        return CLOSED;
    }

    /** Goes outside again; {@link #CLOSED} is no place and does nothing. */
    public static void leave(int place) {
        if (place != CLOSED) {
            INSIDE.setRelease(place, null);
        }
    }
}
