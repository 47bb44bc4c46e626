package io.plumbline.exporters.console;

/**
 * Makes text from the observed program harmless: no forged lines (CWE-117), no terminal control sequences, no
 * characters that turn the direction of reading.
 */
final class Escapes {

    private Escapes() {}

    static void append(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isDangerous(c)) {
                out.append(c);
            } else {
                appendEscaped(out, c);
            }
        }
    }

    private static boolean isDangerous(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static void appendEscaped(StringBuilder out, char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                out.append("\\u")
                        .append(Character.forDigit(c >> 12, 16))
                        .append(Character.forDigit((c >> 8) & 15, 16))
                        .append(Character.forDigit((c >> 4) & 15, 16))
                        .append(Character.forDigit(c & 15, 16));
        }
    }
}
