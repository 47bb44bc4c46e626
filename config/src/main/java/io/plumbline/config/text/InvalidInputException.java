package io.plumbline.config.text;

import java.util.Objects;

/**
 * Something a person wrote can't be used. The message is one sentence that names the thing, what is wrong with it and
 * what to do; the place says where it stands.
 */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final String problem;

    public InvalidInputException(Place place, String problem) {
        super(place + ": " + problem);
        this.place = Objects.requireNonNull(place, "place");
        this.problem = problem;
    }

    public Place place() {
        return place;
    }

    /** The sentence without the place. */
    public String problem() {
        return problem;
    }
}
