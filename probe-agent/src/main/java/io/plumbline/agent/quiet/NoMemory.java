package io.plumbline.agent.quiet;

/**
 * What a thread of the agent does while the program has used up the heap: nothing, and nothing that needs memory. To be made before
 * that, as loading a class needs some. Used by one thread.
 */
public final class NoMemory {
    private static final long REST_MILLIS = 1_000;

    private boolean isToBeTold;

    /**
     * Waits for a while.
     *
     * @return false when the thread was interrupted, and should end
     */
    public boolean rest() {
        isToBeTold = true;
        try {
            Thread.sleep(REST_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether there was none since the last {@link #settle}. */
    public boolean isToBeTold() {
        return isToBeTold;
    }

    /** All has been told. */
    public void settle() {
        isToBeTold = false;
    }

    @Override
    public String toString() {
        return "the program had no memory left; the agent waited and goes on";
    }
}
