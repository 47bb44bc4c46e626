package io.plumbline.pipeline.cli;

/** Ends a command with a sentence for people and an exit code for programs. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was asked for is not so, or was refused by a running program. */
    static final int NOT_SO = 1;

    /** The command line or a file is wrong. */
    static final int BAD_INPUT = 2;

    static final int UNREACHABLE = 3;

    private final int code;

    private Failure(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static Failure notSo(String message) {
        return new Failure(NOT_SO, message);
    }

    static Failure badInput(String message) {
        return new Failure(BAD_INPUT, message);
    }

    static Failure unreachable(String message) {
        return new Failure(UNREACHABLE, message);
    }

    int code() {
        return code;
    }
}
