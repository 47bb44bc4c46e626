package io.plumbline.agent.capture.thrown;

import java.util.ArrayList;
import java.util.Objects;

/** One reading of one exception; see {@link Marks} for what it writes. The thread that made it. */
final class ThrowableReading {
    static final int MAX_NAME = 512;
    private static final StackTraceElement[] NONE = new StackTraceElement[0];

    private final ThrowableFields fields;
    private final ThrowableBounds bounds;
    private final TextSink out;
    private final Throwable[] seen;
    private int seenCount;
    private int charsLeft;
    private boolean complete = true;

    ThrowableReading(ThrowableFields fields, ThrowableBounds bounds, TextSink out) {
        this.fields = fields;
        this.bounds = bounds;
        this.out = out;
        this.seen = new Throwable[bounds.throwables()];
        this.charsLeft = bounds.chars();
    }

    boolean isComplete() {
        return complete;
    }

    void write(Throwable throwable) throws Throwable {
        write(Marks.SUBJECT, throwable, NONE, 0);
    }

    private void write(char role, Throwable throwable, StackTraceElement[] enclosing, int depth) throws Throwable {
        if (isSeen(throwable)) {
            head(Marks.SEEN, role, throwable);
            out.append(Marks.END);
            return;
        }
        seen[seenCount++] = throwable;
        head(Marks.TYPE, role, throwable);
        StackTraceElement[] frames = fields.frames(throwable);
        frames(throwable, frames, common(frames, enclosing));
        boolean all = suppressed(throwable, frames, depth) & cause(throwable, frames, depth);
        if (!all) {
            complete = false;
            out.append(Marks.LOST);
        }
        out.append(Marks.END);
    }

    private boolean isSeen(Throwable throwable) {
        for (int i = 0; i < seenCount; i++) {
            if (seen[i] == throwable) {
                return true;
            }
        }
        return false;
    }

    private void head(char mark, char role, Throwable throwable) throws Throwable {
        out.append(mark);
        out.append(role);
        text(throwable.getClass().getName(), MAX_NAME);
        String message = fields.message(throwable);
        if (message != null) {
            out.append(Marks.MESSAGE);
            text(message, Math.max(0, Math.min(bounds.messageChars(), charsLeft)));
        }
    }

    private boolean suppressed(Throwable throwable, StackTraceElement[] frames, int depth) throws Throwable {
        ArrayList<?> list = fields.suppressed(throwable);
        int size = list == null ? 0 : list.size();
        boolean all = size <= bounds.suppressed();
        for (int i = 0; i < Math.min(size, bounds.suppressed()); i++) {
            Object one = element(list, i);
            all &= !(one instanceof Throwable other) || child(Marks.SUPPRESSED, other, frames, depth);
        }
        return all;
    }

    /** Another thread may change the list at this moment. */
    private static Object element(ArrayList<?> list, int i) {
        try {
            return list.get(i);
        } catch (IndexOutOfBoundsException e) {
            return null;
        }
    }

    private boolean cause(Throwable throwable, StackTraceElement[] frames, int depth) throws Throwable {
        Throwable cause = fields.cause(throwable);
        return cause == null || child(Marks.CAUSE, cause, frames, depth);
    }

    /** Writes one below; false when a bound forbids it. */
    private boolean child(char role, Throwable throwable, StackTraceElement[] frames, int depth) throws Throwable {
        boolean fits = depth < bounds.depth() && charsLeft > 0 && (seenCount < seen.length || isSeen(throwable));
        if (fits) {
            write(role, throwable, frames, depth + 1);
        }
        return fits;
    }

    /** How many frames from the bottom are the enclosing trace's too, as the JDK counts them. */
    private static int common(StackTraceElement[] frames, StackTraceElement[] enclosing) {
        int m = frames.length - 1;
        int n = enclosing.length - 1;
        while (m >= 0 && n >= 0 && Objects.equals(frames[m], enclosing[n])) {
            m--;
            n--;
        }
        return frames.length - 1 - m;
    }

    private void frames(Throwable throwable, StackTraceElement[] frames, int common) throws Throwable {
        int own = frames.length - common;
        int shown = 0;
        while (shown < Math.min(own, bounds.frames()) && charsLeft > 0) {
            frame(frames[shown++]);
        }
        int cut = own - shown + fields.framesUnread(throwable, frames);
        complete &= cut == 0;
        count(Marks.CUT, cut);
        count(Marks.COMMON, common);
    }

    private void count(char mark, int number) {
        if (number > 0) {
            out.append(mark);
            number(number);
        }
    }

    /** An element that another thread is just making can be null or blank. */
    private void frame(StackTraceElement element) throws Throwable {
        out.append(Marks.FRAME);
        if (element == null || element.getClassName() == null || element.getMethodName() == null) {
            complete = false;
            return;
        }
        prefix(element);
        out.append(Marks.PART);
        text(element.getClassName(), MAX_NAME);
        out.append(Marks.PART);
        text(element.getMethodName(), MAX_NAME);
        out.append(Marks.PART);
        location(element);
    }

    private void prefix(StackTraceElement element) throws Throwable {
        boolean loader = fields.showsLoader(element);
        String module = element.getModuleName();
        boolean named = module != null && !module.isEmpty();
        if (loader) {
            text(element.getClassLoaderName(), MAX_NAME);
            out.append('/');
        }
        if (named) {
            text(module, MAX_NAME);
            if (fields.showsVersion(element)) {
                out.append('@');
                text(element.getModuleVersion(), MAX_NAME);
            }
        }
        if (loader || named) {
            out.append('/');
        }
    }

    private void location(StackTraceElement element) {
        if (element.isNativeMethod()) {
            out.append("Native Method", MAX_NAME);
        } else if (element.getFileName() == null) {
            out.append("Unknown Source", MAX_NAME);
        } else {
            text(element.getFileName(), MAX_NAME);
            if (element.getLineNumber() >= 0) {
                out.append(':');
                number(element.getLineNumber());
            }
        }
    }

    private void text(String text, int max) {
        complete &= text.length() <= max;
        charsLeft -= Math.min(text.length(), max);
        out.append(Marks.escaped(text, max), max);
    }

    /** Digits, without making a text of them. */
    private void number(int number) {
        if (number >= 10) {
            number(number / 10);
        }
        out.append((char) ('0' + number % 10));
        charsLeft--;
    }
}
