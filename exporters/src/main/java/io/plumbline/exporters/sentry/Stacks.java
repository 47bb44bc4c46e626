package io.plumbline.exporters.sentry;

import io.sentry.protocol.SentryStackFrame;
import io.sentry.protocol.SentryStackTrace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Turns frames into Sentry's form: outermost first. */
final class Stacks {

    private Stacks() {}

    /**
     * A stack, without frames from its middle if it is too long.
     *
     * @param frames innermost first
     * @param probed the place among them whose variables are known, or -1
     */
    static SentryStackTrace of(List<Frame> frames, int probed, Map<String, Object> variables, int max) {
        List<SentryStackFrame> all = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            SentryStackFrame frame = frame(frames.get(i));
            if (i == probed) {
                frame.setVars(variables);
            }
            all.add(frame);
        }
        if (all.size() > max) {
            List<Frame> middle = frames.subList(max / 2, all.size() - max / 2);
            int missing = middle.stream().mapToInt(Frame::weight).sum();
            List<SentryStackFrame> kept = new ArrayList<>(all.subList(0, max / 2));
            kept.add(frame(Frame.missing(missing)));
            kept.addAll(all.subList(all.size() - max / 2, all.size()));
            all = kept;
        }
        Collections.reverse(all);
        return new SentryStackTrace(all);
    }

    private static SentryStackFrame frame(Frame frame) {
        SentryStackFrame sentry = new SentryStackFrame();
        sentry.setInApp(frame.isOwn());
        if (frame.missing() > 0) {
            sentry.setFunction("… " + frame.missing() + " frames left out");
            return sentry;
        }
        sentry.setFunction(frame.method());
        if (!frame.type().isEmpty()) {
            sentry.setModule(frame.type());
        }
        if (!frame.file().isEmpty()) {
            sentry.setFilename(frame.file());
        }
        if (frame.line() > 0) {
            sentry.setLineno(frame.line());
        }
        if (frame.isNative()) {
            sentry.setNative(true);
        }
        return sentry;
    }
}
