package io.plumbline.agent.weave;

/**
 * What a site hands over: a local variable, or what lies on top of the operand stack.
 *
 * @param name as expressions name it; {@code this} for the receiver
 * @param slot in the method's frame; {@link #TOP} for the top of the operand stack
 * @param descriptor its declared type
 */
record Variable(String name, int slot, String descriptor) {
    /** Not a slot: the value on top of the operand stack, which stays there. */
    static final int TOP = -1;

    private static final String THROWABLE = "Ljava/lang/Throwable;";

    /** The exception that was just caught, or is about to be thrown. */
    static Variable exceptionOnTop() {
        return new Variable("$exception", TOP, THROWABLE);
    }

    /** The exception that a {@code catch} block has put into a variable. */
    static Variable exceptionIn(int slot) {
        return new Variable("$exception", slot, THROWABLE);
    }

    /** The value that is about to be returned. */
    static Variable returned(String descriptor) {
        return new Variable("$return", TOP, descriptor);
    }

    /** When the method began, in terms of {@link System#nanoTime}. */
    static Variable start(int slot) {
        return new Variable(Wish.START, slot, "J");
    }

    boolean isReference() {
        return descriptor.startsWith("L") || descriptor.startsWith("[");
    }

    /** The type that the call hands it over as: references as Object, so that linking loads no class. */
    String handedOverAs() {
        return isReference() ? "Ljava/lang/Object;" : descriptor;
    }
}
