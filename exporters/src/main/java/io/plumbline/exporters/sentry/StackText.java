package io.plumbline.exporters.sentry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes apart stack traces as Java prints them, also those of foreign producers. Suppressed exceptions are left out,
 * for Sentry has no place for them. Frames that a cause shares with what it caused are put back where Java prints
 * {@code ... 3 more}.
 */
final class StackText {

    private static final String AT = "\tat ";
    private static final String CAUSE = "Caused by: ";
    private static final String SUPPRESSED = "\tSuppressed: ";
    private static final String REPEATED = "[CIRCULAR REFERENCE";
    private static final Pattern MISSING = Pattern.compile("\t… (\\d{1,9}) frames left out");
    private static final Pattern COMMON = Pattern.compile("\t\\.\\.\\. (\\d{1,9}) (?:more|common frames omitted)");

    private final String text;
    /** Where reading goes on; always a line's beginning, or behind "Caused by: ". */
    private int at;

    private StackText(String text) {
        this.text = text;
    }

    /**
     * An exception's class and message.
     *
     * @param message "" if there is none
     */
    record Head(String type, String message) {
        @Override
        public String toString() {
            return message.isEmpty() ? type : type + ": " + message;
        }
    }

    /** An exception with its frames, innermost first. */
    record Thrown(Head head, List<Frame> frames) {
        Thrown {
            frames = List.copyOf(frames);
        }
    }

    /**
     * The frames of a snapshot, innermost first.
     *
     * @param text a line for each frame; {@code …} where it was cut
     * @param own which of them, from 0, are not the JDK's
     */
    static List<Frame> frames(String text, Collection<?> own) {
        List<Frame> frames = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("at ")) {
                Frame frame = Frame.parse(line);
                frames.add(own.isEmpty() || own.contains((long) frames.size()) ? frame : frame.foreign());
            }
        }
        return frames;
    }

    /**
     * An exception and its causes.
     *
     * @param known the heads that are known from elsewhere; a message may look like anything, so they are trusted first
     */
    static List<Thrown> chain(String text, List<Head> known) {
        StackText reading = new StackText(text.replace("\r\n", "\n"));
        List<Thrown> chain = new ArrayList<>();
        boolean isMore = !text.isEmpty();
        while (isMore && !reading.text.startsWith(REPEATED, reading.at)) {
            Head head = reading.head(chain.size() < known.size() ? known.get(chain.size()) : null);
            List<Frame> enclosing =
                    chain.isEmpty() ? List.of() : chain.get(chain.size() - 1).frames();
            chain.add(new Thrown(head, reading.frames(enclosing)));
            isMore = reading.skipCaption();
        }
        for (Head head : known.subList(Math.min(chain.size(), known.size()), known.size())) {
            chain.add(new Thrown(head, List.of()));
        }
        return chain;
    }

    private boolean skipCaption() {
        boolean isCause = text.startsWith(CAUSE, at);
        at += isCause ? CAUSE.length() : 0;
        return isCause;
    }

    private Head head(Head known) {
        if (known != null && text.startsWith(known.toString(), at)) {
            int end = at + known.toString().length();
            if (end == text.length() || text.charAt(end) == '\n') {
                at = Math.min(text.length(), end + 1);
                return known;
            }
        }
        StringBuilder head = new StringBuilder(line());
        while (at < text.length() && text.charAt(at) != '\t' && !text.startsWith(CAUSE, at)) {
            head.append('\n').append(line());
        }
        int colon = head.indexOf(": ");
        return colon < 0
                ? new Head(head.toString().strip(), "")
                : new Head(head.substring(0, colon), head.substring(colon + 2));
    }

    /** Reads up to the next cause. */
    private List<Frame> frames(List<Frame> enclosing) {
        List<Frame> frames = new ArrayList<>();
        boolean isOver = false;
        while (at < text.length() && !text.startsWith(CAUSE, at)) {
            String line = line();
            isOver = isOver || line.startsWith(SUPPRESSED);
            if (!isOver) {
                frame(line, enclosing, frames);
            }
        }
        return frames;
    }

    private static void frame(String line, List<Frame> enclosing, List<Frame> frames) {
        if (line.startsWith(AT)) {
            frames.add(Frame.parse(line.strip()));
            return;
        }
        Matcher missing = MISSING.matcher(line);
        Matcher common = COMMON.matcher(line);
        if (missing.matches()) {
            frames.add(Frame.missing(Integer.parseInt(missing.group(1))));
        } else if (common.matches()) {
            frames.addAll(tail(enclosing, Integer.parseInt(common.group(1))));
        }
    }

    /** The outermost frames, so many as stand for a number of the program's; some may be known as missing only. */
    private static List<Frame> tail(List<Frame> frames, int count) {
        int left = count;
        int from = frames.size();
        while (from > 0 && left >= frames.get(from - 1).weight()) {
            from--;
            left -= frames.get(from).weight();
        }
        List<Frame> tail = new ArrayList<>();
        if (left > 0) {
            tail.add(Frame.missing(left));
        }
        tail.addAll(frames.subList(from, frames.size()));
        return tail;
    }

    /** The line here, without its end, which is skipped. */
    private String line() {
        int end = text.indexOf('\n', at);
        String line = end < 0 ? text.substring(at) : text.substring(at, end);
        at = end < 0 ? text.length() : end + 1;
        return line;
    }
}
