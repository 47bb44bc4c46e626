package io.plumbline.exporters.chat;

/** Cuts texts, with a mark that says how long they were, and never through a character. */
public final class Texts {

    private Texts() {}

    public static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        String mark = mark(text);
        return head(text, Math.max(0, maxChars - mark.length())) + mark;
    }

    static String mark(String text) {
        return "… [cut: " + text.length() + " characters]";
    }

    /** The first characters, one fewer where a pair would be parted. */
    static String head(String text, int chars) {
        if (text.length() <= chars) {
            return text;
        }
        boolean isParted = chars > 0 && Character.isHighSurrogate(text.charAt(chars - 1));
        return text.substring(0, isParted ? chars - 1 : chars);
    }
}
