package io.plumbline.agent.weave;

/**
 * A local variable that a site hands over.
 *
 * @param name as expressions name it; {@code this} for the receiver
 * @param slot in the method's frame
 * @param descriptor its declared type
 */
record Variable(String name, int slot, String descriptor) {

    boolean isReference() {
        return descriptor.startsWith("L") || descriptor.startsWith("[");
    }

    /** The type that the call hands it over as: references as Object, so that linking loads no class. */
    String handedOverAs() {
        return isReference() ? "Ljava/lang/Object;" : descriptor;
    }
}
