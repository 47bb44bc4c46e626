package io.plumbline.e2e;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that a page of the docs tells its readers to type.
 *
 * @param place page and line, for people
 * @param text as it is given to a shell, comments included
 * @param output what the page shows below it, empty where it shows nothing
 */
record DocCommand(String place, String text, List<String> output) {
    private static final Pattern EXIT_CODE = Pattern.compile("#.*exit code (\\d+)");
    private static final Pattern PLUMB = Pattern.compile("^(\\./)?plumb(\\s|$)");

    /** How the page says that it ends; 0 where it says nothing. */
    int exitCode() {
        Matcher matcher = EXIT_CODE.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    boolean isPlumb() {
        return PLUMB.matcher(text).find();
    }

    @Override
    public String toString() {
        return place + ": " + text.lines().findFirst().orElse("");
    }
}
