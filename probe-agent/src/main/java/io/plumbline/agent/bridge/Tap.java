package io.plumbline.agent.bridge;

/**
 * One probe on this instance, as the code generated for its sites sees it. A hit calls, in this order: {@link #enter},
 * {@link Lane#begin} where it is due, the condition, {@link #admit} where the probe has limits of its own, its actions,
 * {@link Lane#leave}, {@link Lane#settle} where it is unsettled. A condition that calls nothing comes before {@link #enter}, for it
 * costs less. All methods are called on application threads, never block and never throw.
 */
public abstract class Tap {

    /**
     * The cheap gate: on, and something left of the budget. A plain read, for hits that have something to look at before they count;
     * {@link #enter} asks itself.
     */
    public abstract boolean isOpen();

    /** Counts a hit and says whether it is taken: null when the gate is shut, or the weight of a later one will stand for it. */
    public abstract Lane enter();

    /** Takes one hit's credit after the condition held; when false, the hit has ended. */
    public abstract boolean admit(Lane lane);

    /** Whether {@link #admit} has anything to say. Asked when code is generated. */
    public abstract boolean hasLimits();

    /** Whether an action's number is that of the hits themselves, so that nothing needs to be done for it. */
    public abstract boolean countsHits(int action);

    /** Whether {@link Lane#add} or {@link Lane#observe} takes the action's values; else its series does. */
    public abstract boolean isInLane(int action);

    /** The condition met a null on its way, so it is neither true nor false. */
    public abstract void conditionIsNull();

    /** Something was thrown by the generated code; it has been swallowed. */
    public abstract void failed(Throwable failure);
}
