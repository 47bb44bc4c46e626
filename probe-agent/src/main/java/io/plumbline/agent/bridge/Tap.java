package io.plumbline.agent.bridge;

/**
 * One probe on this instance, as the code generated for its sites sees it. A hit calls, in this order: {@link #isOpen},
 * the condition, {@link #admit}, then its actions. All methods are called on application threads, never block and never
 * throw.
 */
public abstract class Tap {

    /** The cheap gate before the condition: on, and credit left. A few plain reads. */
    public abstract boolean isOpen();

    /** Takes one hit's credit after the condition held; false when another hit took the last. */
    public abstract boolean admit();

    /** The hit emitted nothing after all, so it must not count against the hit limit. */
    public abstract void refund();

    /** The condition met a null on its way, so it is neither true nor false. */
    public abstract void conditionIsNull();

    /** Something was thrown by the generated code; it has been swallowed. */
    public abstract void failed(Throwable failure);
}
