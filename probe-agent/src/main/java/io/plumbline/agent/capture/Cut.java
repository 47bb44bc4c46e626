package io.plumbline.agent.capture;

/** Why a value is not whole; the word stands in the value under {@code @cut}. */
enum Cut {
    NONE(""),
    DEPTH("depth"),
    FIELDS("fields"),
    ELEMENTS("elements"),
    BYTES("bytes"),
    TIME("time"),
    CHANGED("changed"),
    UNREAD("unread");

    private static final Cut[] ALL = values();

    private final String word;

    Cut(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Cut of(byte code) {
        return ALL[code];
    }

    byte code() {
        return (byte) ordinal();
    }
}
