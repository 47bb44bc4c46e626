package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Text for terminals. */
final class Text {
    private static final String GAP = "  ";

    private Text() {}

    /** Makes text from an observed program harmless: no forged lines, no terminal control, no reversed reading. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int type = Character.getType(c);
            boolean dangerous = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            safe.append(dangerous ? escaped(c) : String.valueOf(c));
        }
        return safe.toString();
    }

    /** The same for a text whose lines and tabs are meant as such. */
    static String safeLines(String text) {
        return text.lines()
                .map(line -> safe(line.replace("\t", "    ")))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String escaped(char c) {
        return c == '\n' ? "\\n" : c == '\t' ? "\\t" : String.format("\\u%04x", (int) c);
    }

    /** Rows under a heading, as wide as they need to be; the last column runs free. */
    static void table(PrintWriter out, List<String> heading, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(heading);
        rows.forEach(row -> all.add(row.stream().map(Text::safe).toList()));
        int[] widths = new int[heading.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length()))
                        .append(GAP);
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** The largest one or two units: {@code 58m}, {@code 1h30m}, {@code 2d}. */
    static String roughly(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + "d" + part(duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + "h" + part(duration.toMinutesPart(), "m");
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }

    /** {@code 1 probe}, {@code 2 probes}. */
    static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String part(int amount, String unit) {
        return amount == 0 ? "" : amount + unit;
    }
}
