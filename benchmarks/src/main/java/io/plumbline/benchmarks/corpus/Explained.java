package io.plumbline.benchmarks.corpus;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a location may be left without a probe. Every other reason is a defect. */
enum Explained {
    /** The call would take the method beyond the 64 KB of code that a class file can hold for it. */
    METHOD_TOO_LARGE("too large to take a probe"),
    /** Another jar is needed that the corpus does not have. */
    NOT_LINKABLE("can't link it even without a probe"),
    /** The probe asks for something that the method does not have; never said of a line. */
    NOTHING_THERE("has no throw statement|has no catch block|never returns");

    private final Pattern reason;

    Explained(String reason) {
        this.reason = Pattern.compile(reason);
    }

    static Optional<Explained> of(String reason) {
        return Arrays.stream(values())
                .filter(one -> one.reason.matcher(reason).find())
                .findFirst();
    }
}
