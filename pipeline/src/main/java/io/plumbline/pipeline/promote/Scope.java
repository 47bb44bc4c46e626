package io.plumbline.pipeline.promote;

import java.util.Optional;

/** What is known of the source around a probe. */
public interface Scope {
    /** Nothing is known: only the probe is at hand. */
    Scope UNKNOWN = new Scope() {};

    /** The name of the class's own SLF4J logger. */
    default Optional<String> logger() {
        return Optional.empty();
    }

    /** What {@code $exception} is called at the place. */
    default Optional<String> exception() {
        return Optional.empty();
    }

    /** The simple name of a variable's or field's declared type. */
    default Optional<String> typeOf(String name) {
        return Optional.empty();
    }

    /** What is known of a type's member. */
    default Optional<Member> member(String type, String name) {
        return Optional.empty();
    }

    /**
     * A field or record component.
     *
     * @param type its declared type's simple name
     * @param isPrivate whether other classes can't read it
     * @param accessor a method that does nothing but return it; empty where none is found
     */
    record Member(String type, boolean isPrivate, Optional<String> accessor) {}
}
