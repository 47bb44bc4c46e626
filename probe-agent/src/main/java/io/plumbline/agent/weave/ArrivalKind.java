package io.plumbline.agent.weave;

/** How a line's site is arrived at, in words for people. */
enum ArrivalKind {
    /** In the course of things. */
    STATEMENT("statement"),
    /** By a jump back: the header of a loop. */
    LOOP("loop"),
    /** By an exception: the copy of a {@code finally} or the head of a {@code catch}. */
    HANDLER("exception"),
    ENTRY("entry"),
    EXIT("exit"),
    ESCAPE("exception-exit"),
    THROW("throw"),
    CATCH("catch");

    private final String word;

    ArrivalKind(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
