package io.plumbline.exporters.sentry;

import io.plumbline.exporters.sentry.StackText.Thrown;
import io.plumbline.exporters.signal.AttributeNames;
import io.plumbline.exporters.signal.LogSignal;
import io.sentry.SentryBaseEvent;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.protocol.Mechanism;
import io.sentry.protocol.Message;
import io.sentry.protocol.SdkVersion;
import io.sentry.protocol.SentryException;
import io.sentry.protocol.SentryStackTrace;
import io.sentry.protocol.SentryThread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a Sentry event of a log record. An exception becomes an issue by the agent's fingerprint, a snapshot by its
 * probe. The variables stand at the frame where the probe is: in the exception's own stack, or, if it never came by
 * there, in the stack of the thread. With a console, a context and the mechanism of the exception that has the frame hold a
 * link: Sentry shows links at both, and a frame itself has no place for one.
 */
final class Events {

    /** Sentry's own limit for a message; what is longer it cuts. */
    private static final int MESSAGE_CHARS = 8_192;

    private static final int TAG_CHARS = 200;

    /** What surrounds a hit, by the contexts that it becomes. */
    private static final Map<String, String> SURROUNDINGS =
            Map.of("mdc", "MDC", "span", "span attributes", "baggage", "baggage");

    private final EventRecord record;
    private final LogSignal log;
    private final Bounds bounds;
    private final Map<String, Object> variables;
    /** The console's page for the probed line, or "". */
    private final String page;

    private final SentryEvent event = new SentryEvent();

    private Events(LogSignal log, Bounds bounds, Optional<ConsoleLink> console) {
        this.record = new EventRecord(log);
        this.log = log;
        this.bounds = bounds;
        this.variables = Variables.of(record.variables(), bounds);
        this.page = console.flatMap(link ->
                        link.to(record.type(), record.line(), log.resource().service()))
                .orElse("");
    }

    static boolean isEvent(LogSignal log) {
        return log.eventName().equals(EventRecord.EXCEPTION) || log.eventName().equals(EventRecord.SNAPSHOT);
    }

    static SentryEvent of(LogSignal log, Bounds bounds, Optional<ConsoleLink> console) {
        Events events = new Events(log, bounds, console);
        events.identify();
        events.tag();
        events.contexts();
        events.content();
        return events.event;
    }

    private void identify() {
        event.setEventId(EventId.of(log));
        event.setTimestamp(log.bestTimeUnixNano() == 0 ? null : new Date(log.bestTimeUnixNano() / 1_000_000));
        event.setPlatform(SentryBaseEvent.DEFAULT_PLATFORM);
        event.setSdk(new SdkVersion(SentrySettings.CLIENT, SentrySettings.CLIENT_VERSION));
        event.setLevel(level());
        event.setLogger(record.type().isEmpty() ? "io.plumbline" : record.type());
        event.setRelease(orNull(record.resource("service.version")));
        event.setEnvironment(orNull(log.resource().environment()));
        String host = record.resource("host.name");
        event.setServerName(orNull(host.isEmpty() ? log.resource().instance() : host));
        event.setFingerprints(fingerprint());
    }

    private SentryLevel level() {
        int severity = log.severityNumber();
        if (severity == 0) {
            return record.isException() ? SentryLevel.ERROR : SentryLevel.INFO;
        }
        if (severity >= 13) {
            return severity >= 21 ? SentryLevel.FATAL : severity >= 17 ? SentryLevel.ERROR : SentryLevel.WARNING;
        }
        return severity >= 9 ? SentryLevel.INFO : SentryLevel.DEBUG;
    }

    /** Null leaves it to Sentry. */
    private List<String> fingerprint() {
        String fingerprint = record.text("plumbline.exception.fingerprint");
        if (!fingerprint.isEmpty()) {
            return List.of(fingerprint);
        }
        boolean isOfProbe = !record.isException() && !log.probeId().isEmpty();
        return isOfProbe ? List.of(log.eventName(), log.probeId()) : null;
    }

    private void tag() {
        tag("probe", log.probeId());
        tag("service", log.resource().service());
        tag("instance", log.resource().instance());
        tag("host", record.resource("host.name"));
        tag("thread", record.text(AttributeNames.THREAD));
    }

    private void tag(String name, String value) {
        String line = value.replaceAll("\\s+", " ").strip();
        if (!line.isEmpty()) {
            event.setTag(name, line.length() <= TAG_CHARS ? line : line.substring(0, TAG_CHARS));
        }
    }

    /** Maps, as Sentry's class for a trace would add the thread that we are on. */
    private void contexts() {
        if (!log.traceId().isEmpty()) {
            Map<String, Object> trace = new LinkedHashMap<>();
            trace.put("trace_id", log.traceId());
            putIfSome(trace, "span_id", log.spanId());
            event.getContexts().put("trace", trace);
        }
        Map<String, Object> ours = new LinkedHashMap<>();
        putIfSome(ours, "probe", log.probeId());
        putIfSome(ours, "version", record.text("plumbline.probe.version"));
        putIfSome(ours, "at", record.function() + (record.line() == 0 ? "" : ":" + record.line()));
        putIfSome(ours, "weight", record.text("plumbline.weight"));
        putIfSome(ours, "record", log.uid());
        putIfSome(ours, "cut", bounds.cut());
        putIfSome(ours, "console", page);
        event.getContexts().put("plumbline", ours);
        SURROUNDINGS.forEach((name, context) -> {
            Map<?, ?> values = EventRecord.map(record.context().get(name));
            if (!values.isEmpty()) {
                event.getContexts().put(context, Variables.of(values, bounds));
            }
        });
    }

    private void content() {
        boolean isShown = false;
        if (record.isException()) {
            isShown = exceptions(record.thrown());
        } else {
            Message message = new Message();
            message.setFormatted(shortened(log.body().toString()));
            event.setMessage(message);
        }
        event.setThreads(List.of(thread(!isShown)));
    }

    /** Whether the variables have found their frame. */
    private boolean exceptions(List<Thrown> thrown) {
        List<SentryException> exceptions = new ArrayList<>();
        boolean isShown = false;
        for (Thrown one : thrown) {
            int probed = isShown ? -1 : probed(one.frames());
            isShown = isShown || probed >= 0;
            exceptions.add(exception(one, probed));
        }
        Collections.reverse(exceptions);
        event.setExceptions(exceptions);
        return isShown;
    }

    private SentryException exception(Thrown thrown, int probed) {
        SentryException exception = new SentryException();
        String type = thrown.head().type();
        int dot = type.lastIndexOf('.');
        exception.setType(type.substring(dot + 1));
        exception.setModule(dot < 0 ? null : type.substring(0, dot));
        exception.setValue(orNull(shortened(thrown.head().message())));
        exception.setThreadId(threadId());
        Mechanism mechanism = new Mechanism();
        mechanism.setType("plumbline");
        mechanism.setHandled(true);
        mechanism.setHelpLink(probed >= 0 ? orNull(page) : null);
        exception.setMechanism(mechanism);
        if (!thrown.frames().isEmpty()) {
            exception.setStacktrace(Stacks.of(thrown.frames(), probed, variables, bounds.frames()));
        }
        return exception;
    }

    /** The innermost frame of the probe's method, if possible at the probe's line; -1 if there is none. */
    private int probed(List<Frame> frames) {
        int found = -1;
        for (int i = frames.size() - 1; i >= 0; i--) {
            Frame frame = frames.get(i);
            boolean isBetter = found < 0
                    || frame.line() == record.line()
                    || frames.get(found).line() != record.line();
            if (isBetter && frame.function().equals(record.function())) {
                found = i;
            }
        }
        return found;
    }

    private SentryThread thread(boolean hasStack) {
        SentryThread thread = new SentryThread();
        thread.setId(threadId());
        thread.setName(orNull(record.text(AttributeNames.THREAD)));
        thread.setCurrent(true);
        List<Frame> stack = record.stack();
        if (hasStack && !stack.isEmpty()) {
            SentryStackTrace trace = Stacks.of(stack, 0, variables, bounds.frames());
            trace.setSnapshot(true);
            thread.setStacktrace(trace);
        }
        return thread;
    }

    private Long threadId() {
        return log.attributes().get("thread.id") instanceof Long id ? id : null;
    }

    private static String shortened(String message) {
        return message.length() <= MESSAGE_CHARS ? message : message.substring(0, MESSAGE_CHARS - 1) + "…";
    }

    private static void putIfSome(Map<String, Object> map, String name, String value) {
        if (!value.isEmpty()) {
            map.put(name, value);
        }
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
