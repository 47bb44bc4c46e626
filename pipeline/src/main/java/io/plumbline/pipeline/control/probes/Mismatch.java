package io.plumbline.pipeline.control.probes;

/** What a caller expected of a probe is not so. */
final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String expected;

    Mismatch(String id, String expected) {
        super(id, null, false, false);
        this.id = id;
        this.expected = expected;
    }

    String id() {
        return id;
    }

    /** In words. */
    String expected() {
        return expected;
    }
}
