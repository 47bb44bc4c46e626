package io.plumbline.exporters.chat;

import java.util.regex.Pattern;

/**
 * Makes a program's text into mrkdwn that shows it and does nothing: Slack's three characters are escaped, so that no
 * link and no mention can begin, and the words that call everybody are broken by a space without width, for receivers
 * that look for them in plain text.
 */
public final class SlackText {
    private static final String NO_WIDTH = "\u200B";
    private static final Pattern CALL = Pattern.compile("@(?=here|channel|everyone|all)", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final Pattern FENCE = Pattern.compile("(?<=`)(?=`)");
    private static final int NAME_CHARS = 150;

    private SlackText() {}

    /** A text between other words, on one line. */
    public static String words(String text, int maxChars) {
        return escaped(text.strip().replaceAll("\\s+", " "), maxChars);
    }

    /** A name in a code span of its own. */
    public static String name(String name) {
        return "`" + words(name.replace('`', '\''), NAME_CHARS) + "`";
    }

    /** A text in a code block of its own; with the block's marks at most so long. */
    public static String block(String text, int maxChars) {
        String open = "```\n";
        String close = "\n```";
        return open + escaped(text.strip(), maxChars - open.length() - close.length()) + close;
    }

    /** What is longer once it is escaped ends in a mark. */
    private static String escaped(String text, int maxChars) {
        String tame = tame(Texts.head(text, maxChars + 2));
        StringBuilder whole = new StringBuilder();
        String mark = Texts.mark(text);
        int kept = 0;
        for (int i = 0;
                i < tame.length() && whole.length() <= maxChars;
                i += Character.charCount(tame.codePointAt(i))) {
            whole.append(piece(tame.codePointAt(i)));
            if (whole.length() <= maxChars - mark.length()) {
                kept = whole.length();
            }
        }
        return whole.length() <= maxChars ? whole.toString() : whole.substring(0, kept) + mark;
    }

    private static String tame(String text) {
        String one = CONTROL.matcher(text).replaceAll(" ");
        return FENCE.matcher(CALL.matcher(one).replaceAll("@" + NO_WIDTH)).replaceAll(NO_WIDTH);
    }

    private static String piece(int character) {
        return switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(character);
        };
    }

    /** An address of ours as a link. */
    public static String link(String url, String words) {
        return "<" + url.replace("&", "&amp;") + "|" + words + ">";
    }
}
