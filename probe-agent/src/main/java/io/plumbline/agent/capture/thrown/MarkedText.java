package io.plumbline.agent.capture.thrown;

import java.util.ArrayList;
import java.util.List;

/** Reads the text form of an exception; see {@link Marks}. */
final class MarkedText {
    private final String text;
    private int at;

    MarkedText(String text) {
        this.text = text;
    }

    CapturedThrowable throwable() {
        if (!next(Marks.TYPE)) {
            throw new IllegalArgumentException("text does not begin with an exception: " + text.length() + " chars");
        }
        return body().throwable();
    }

    /** One exception with its part in another. */
    private record Child(char role, CapturedThrowable throwable) {}

    /** What follows TYPE. */
    private Child body() {
        char role = at < text.length() ? text.charAt(at++) : Marks.SUBJECT;
        String type = words();
        String message = next(Marks.MESSAGE) ? words() : null;
        CapturedThrowable.Frames frames = frames();
        List<CapturedThrowable> suppressed = new ArrayList<>();
        CapturedThrowable cause = null;
        for (Child child = child(); child != null; child = child()) {
            if (child.role() == Marks.CAUSE) {
                cause = child.throwable();
            } else {
                suppressed.add(child.throwable());
            }
        }
        boolean isCut = next(Marks.LOST) | !next(Marks.END);
        return new Child(role, new CapturedThrowable(type, message, frames, suppressed, cause, false, isCut));
    }

    private Child child() {
        if (next(Marks.TYPE)) {
            return body();
        }
        return next(Marks.SEEN) ? repeated() : null;
    }

    private Child repeated() {
        char role = at < text.length() ? text.charAt(at++) : Marks.CAUSE;
        String type = words();
        String message = next(Marks.MESSAGE) ? words() : null;
        boolean isCut = !next(Marks.END);
        return new Child(
                role,
                new CapturedThrowable(type, message, CapturedThrowable.Frames.NONE, List.of(), null, true, isCut));
    }

    private CapturedThrowable.Frames frames() {
        List<CapturedFrame> shown = new ArrayList<>();
        while (next(Marks.FRAME)) {
            shown.add(frame());
        }
        int cut = next(Marks.CUT) ? number() : 0;
        int common = next(Marks.COMMON) ? number() : 0;
        return new CapturedThrowable.Frames(shown, cut, common);
    }

    private CapturedFrame frame() {
        String prefix = words();
        if (!next(Marks.PART)) {
            return CapturedFrame.UNREAD;
        }
        String type = words();
        String method = next(Marks.PART) ? words() : "…";
        String location = next(Marks.PART) ? words() : "…";
        return new CapturedFrame(prefix, type, method, location);
    }

    private boolean next(char mark) {
        boolean there = at < text.length() && text.charAt(at) == mark;
        at += there ? 1 : 0;
        return there;
    }

    private int number() {
        int number = 0;
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            number = number * 10 + text.charAt(at++) - '0';
        }
        return number;
    }

    /** Text up to the next mark, unescaped. */
    private String words() {
        StringBuilder words = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == Marks.ESCAPE) {
                at++;
                escaped(words);
            } else if (Marks.isMark(c)) {
                break;
            } else {
                words.append(c);
                at++;
            }
        }
        return words.toString();
    }

    /** A cut can part an escape from its character. */
    private void escaped(StringBuilder words) {
        char c = at < text.length() ? (char) (text.charAt(at) - Marks.SHIFT) : 0;
        if (Marks.isMark(c)) {
            words.append(c);
            at++;
        }
    }
}
