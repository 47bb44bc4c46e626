package io.plumbline.pipeline.control.shares;

import java.util.regex.Pattern;

/** Makes a program's text into Jira's wiki markup that shows it and does nothing: no link, no mention, no macro. */
final class JiraText {
    private static final String NO_WIDTH = "\u200B";
    private static final Pattern SPECIAL = Pattern.compile("[\\\\{}\\[\\]*_\\-+^~?!|#@&;:]");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final Pattern LINK = Pattern.compile("(?i)(https?|ftp|file|mailto|www)([:.])");
    private static final String MACRO = "{noformat}";

    private JiraText() {}

    /** A text between other words, on one line. Jira shows what stands behind a backslash as it is. */
    static String words(String text, int maxChars) {
        String line = cut(CONTROL.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll(" "), maxChars);
        return SPECIAL.matcher(LINK.matcher(line).replaceAll("$1" + NO_WIDTH + "$2"))
                .replaceAll("\\\\$0");
    }

    /** A text of lines in which no markup counts but that which would end it. */
    static String block(String text, int maxChars) {
        String inside = cut(CONTROL.matcher(text).replaceAll(" "), maxChars).replace("{", "{" + NO_WIDTH);
        return MACRO + "\n" + inside + "\n" + MACRO;
    }

    private static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
        return text.substring(0, end) + "… [cut: " + text.length() + " characters]";
    }
}
