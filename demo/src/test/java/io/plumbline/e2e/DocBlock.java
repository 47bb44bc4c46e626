package io.plumbline.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param place page and line of its fence
 * @param language what stands behind the fence
 * @param mark the comment before it, such as {@code not run: needs Docker}; empty where there is none
 */
record DocBlock(String place, String language, String mark, List<String> lines) {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "console");
    private static final Pattern TYPED = Pattern.compile(
            "^(\\$ .*|(\\./)?plumb [a-z-].*|curl .*|\\./mvnw .*|benchmarks/\\S+/run.*|docker .*|kubectl .*)");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?\\s*'?(\\w+)'?");
    private static final String PROMPT = "$ ";

    boolean isShell() {
        return SHELLS.contains(language);
    }

    /** Whether somebody would take it for commands although its fence does not say so. */
    boolean looksLikeCommands() {
        return lines.stream().anyMatch(line -> TYPED.matcher(line).matches());
    }

    /** Why it is not run, where the page says so. */
    Optional<String> notRun() {
        return marked("not run:");
    }

    /** Whether its last command goes on until it is interrupted. */
    boolean keepsRunning() {
        return mark.startsWith("keeps running");
    }

    /** What the test adds to its last command, so as not to take well-known ports. */
    String additions() {
        return marked("keeps running, here with").orElse("");
    }

    private Optional<String> marked(String word) {
        return mark.startsWith(word) ? Optional.of(mark.substring(word.length()).strip()) : Optional.empty();
    }

    List<DocCommand> commands() {
        List<DocCommand> found = new ArrayList<>();
        boolean hasPrompts = language.equals("console");
        int at = 0;
        while (at < lines.size()) {
            int end = endOfCommand(at);
            String text = String.join("\n", lines.subList(at, end));
            at = end;
            if (hasPrompts) {
                require(text.startsWith(PROMPT), "a console block begins with '$ '");
                int outputEnd = at;
                while (outputEnd < lines.size() && !lines.get(outputEnd).startsWith(PROMPT)) {
                    outputEnd++;
                }
                found.add(new DocCommand(place, text.substring(PROMPT.length()), lines.subList(at, outputEnd)));
                at = outputEnd;
            } else if (!text.isBlank() && !text.startsWith("#")) {
                found.add(new DocCommand(place, text, List.of()));
            }
        }
        return found;
    }

    /** Behind a command's last line: it may go on behind a backslash, and have a here-document. */
    private int endOfCommand(int begin) {
        int end = begin + 1;
        while (lines.get(end - 1).endsWith("\\")) {
            end++;
        }
        Matcher document = HERE_DOCUMENT.matcher(lines.get(begin));
        if (document.find()) {
            while (!lines.get(end).equals(document.group(1))) {
                end++;
            }
            end++;
        }
        return end;
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(place + ": " + rule);
        }
    }
}
