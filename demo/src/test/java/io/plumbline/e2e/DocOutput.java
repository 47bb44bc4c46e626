package io.plumbline.e2e;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page shows as a command's output, compared with what it says: numbers, times and ids may be others, columns may be wider.
 * {@code …} stands for anything within a line, and on a line of its own for any lines.
 */
final class DocOutput {
    private static final String ELLIPSIS = "…";
    /** In this order: a number with its unit, what has a digit in it, space, the rest letter by letter. */
    private static final Pattern PART = Pattern.compile("(?<time>\\d[\\d.,]* (?:ns|µs|ms|s)\\b)"
            + "|(?<id>\\w*\\d\\w*(?:[.,]\\d\\w*)*)|(?<space>\\s+)|(?<more>…)|(?<letter>.)");

    private DocOutput() {}

    /** Whether all that was said is what is shown. */
    static boolean isAsShown(List<String> shown, String said) {
        return end(shown, lines(said)) == lines(said).size();
    }

    /** Whether what was said begins as is shown. */
    static boolean beginsAsShown(List<String> shown, String said) {
        return end(shown, lines(said)) >= 0;
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** Behind the last line that is shown; negative where one does not come. */
    private static int end(List<String> shown, List<String> said) {
        int at = 0;
        boolean mayLeaveOut = false;
        for (String line : lines(String.join("\n", shown))) {
            if (line.equals(ELLIPSIS)) {
                mayLeaveOut = true;
                continue;
            }
            Pattern pattern = pattern(line);
            while (mayLeaveOut
                    && at < said.size()
                    && !pattern.matcher(said.get(at)).matches()) {
                at++;
            }
            if (at >= said.size() || !pattern.matcher(said.get(at)).matches()) {
                return -1;
            }
            at++;
            mayLeaveOut = false;
        }
        return mayLeaveOut ? said.size() : at;
    }

    private static Pattern pattern(String shown) {
        StringBuilder pattern = new StringBuilder();
        Matcher part = PART.matcher(shown);
        while (part.find()) {
            if (part.group("time") != null) {
                pattern.append("\\d[\\d.,]* (?:ns|µs|ms|s)");
            } else if (part.group("id") != null) {
                pattern.append("[\\w.,]+");
            } else if (part.group("space") != null) {
                pattern.append("\\s+");
            } else if (part.group("more") != null) {
                pattern.append(".*");
            } else {
                pattern.append(Pattern.quote(part.group()));
            }
        }
        return Pattern.compile(pattern.toString());
    }
}
