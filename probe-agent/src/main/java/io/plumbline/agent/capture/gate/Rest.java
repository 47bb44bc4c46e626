package io.plumbline.agent.capture.gate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * Whether something happens at a gate, so that it needs turns. It is woken by whoever sees something happen, and may rest once nothing has
 * for some seconds; see {@link AwakeTaps}.
 *
 * <p>{@link #wake} and {@link #stir} are called by any thread, everything else by the agent's, one at a time.
 */
final class Rest {
    /** How long nothing has to have happened: records have credit for a second, and reports go out in one. */
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(4);

    private static final VarHandle AWAKE;

    static {
        try {
            AWAKE = MethodHandles.lookup().findVarHandle(Rest.class, "awake", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Whether it has turns, or is about to. Set by application threads, taken back by the agent's. */
    private volatile boolean awake;

    /** Something happened that no thread's lane shows. Taken back with the next turn. */
    private volatile boolean stirred;

    // the agent's threads only
    private long restlessAtNanos;
    private long crowdAtTurn;

    Rest(long nowNanos) {
        restlessAtNanos = nowNanos;
    }

    /**
     * Something happens: from now on there are turns. Who calls has left a trace that {@link #isStirred} or a lane shows.
     *
     * @return whether the caller is the one who woke it
     */
    boolean wake() {
        // the trace before the look; the agent's thread takes the flag back and looks for traces then
        VarHandle.fullFence();
        return !awake && AWAKE.compareAndSet(this, false, true);
    }

    void setAwake(boolean now) {
        awake = now;
        VarHandle.fullFence();
    }

    /** Something happened that no lane shows. */
    void stir() {
        stirred = true;
    }

    /**
     * Whether something has happened since the last turn that no lane shows.
     *
     * @param crowd hits of threads without a lane, until now
     */
    boolean isStirred(long crowd) {
        return stirred || crowd != crowdAtTurn;
    }

    /**
     * A turn is over.
     *
     * @param crowd hits of threads without a lane, until now
     * @param isMoving whether a turn would change something
     */
    void turn(long nowNanos, long crowd, boolean isMoving) {
        boolean was = isStirred(crowd);
        stirred = false;
        crowdAtTurn = crowd;
        if (was || isMoving || stirred) {
            restlessAtNanos = nowNanos;
        }
    }

    /** Whether it is long ago that something happened. */
    boolean isOver(long nowNanos) {
        return nowNanos - restlessAtNanos > REST_NANOS;
    }
}
