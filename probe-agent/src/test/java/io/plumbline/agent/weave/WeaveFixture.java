package io.plumbline.agent.weave;

import io.plumbline.agent.bridge.Bridge;
import io.plumbline.agent.bridge.Calls;
import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.agent.bridge.Series;
import io.plumbline.agent.bridge.Tap;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.text.YamlText;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * A weaver on this very JVM with sinks that remember. One test at a time has it: the bridge has one other end.
 */
public final class WeaveFixture implements AutoCloseable {
    public static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    public final Weaver weaver;

    public WeaveFixture() {
        this(Map.of());
    }

    /**
     * @param specials what {@code $name} stands for
     */
    public WeaveFixture(Map<String, MethodHandle> specials) {
        this(specials, Redaction.standard());
    }

    public WeaveFixture(Map<String, MethodHandle> specials, Redaction redaction) {
        HitCompiler compiler = new HitCompiler(WeaveFixture::open, redaction);
        weaver = new Weaver(INSTRUMENTATION, compiler, specials);
        Bridge.install(weaver.linker());
    }

    /** Opens a class's package to the tests, as the agent opens it to itself. */
    public static void open(Class<?> type) {
        Set<Module> self = Set.of(WeaveFixture.class.getModule());
        INSTRUMENTATION.redefineModule(
                type.getModule(), Set.of(), Map.of(), Map.of(type.getPackageName(), self), Set.of(), Map.of());
    }

    /** Remembers what hits did. */
    public static class RecordingTap extends Tap {
        public final List<String> events = new ArrayList<>();
        public int admitted;
        public int nullConditions;
        public Throwable failure;
        public boolean open = true;

        @Override
        public synchronized boolean isOpen() {
            return open;
        }

        @Override
        public synchronized Lane enter() {
            return open ? new RecordingLane(this) : null;
        }

        @Override
        public synchronized boolean admit(Lane lane) {
            admitted++;
            return true;
        }

        @Override
        public boolean hasLimits() {
            return true;
        }

        @Override
        public boolean countsHits(int action) {
            return false;
        }

        @Override
        public boolean isInLane(int action) {
            return false;
        }

        synchronized void refund() {
            admitted--;
        }

        @Override
        public synchronized void conditionIsNull() {
            nullConditions++;
        }

        @Override
        public synchronized void failed(Throwable thrown) {
            failure = thrown;
        }

        synchronized void event(String event) {
            events.add(event);
        }
    }

    /** Takes back what emitted nothing. */
    private static final class RecordingLane extends Lane {
        private final RecordingTap tap;

        RecordingLane(RecordingTap tap) {
            this.tap = tap;
        }

        @Override
        public boolean isDue() {
            return false;
        }

        @Override
        public void begin() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long weight() {
            return 1;
        }

        @Override
        public void add(int action, long value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void add(int action, double value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void observe(int action, double value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void pass() {
            // nothing was taken
        }

        @Override
        public void leave(boolean emitted) {
            if (!emitted) {
                tap.refund();
            }
        }

        @Override
        public boolean isUnsettled() {
            return false;
        }

        @Override
        public void settle() {
            throw new UnsupportedOperationException();
        }
    }

    /** Joins a record's values with "|". */
    private static final class RecordingRecords extends LogEntries {
        private final RecordingTap tap;

        RecordingRecords(RecordingTap tap) {
            this.tap = tap;
        }

        @Override
        public LogEntries in(Class<?> type, String method, int line, String[] names) {
            return this;
        }

        @Override
        public LogEntry claim(Lane lane) {
            return new RecordingRecord(tap);
        }
    }

    private static final class RecordingRecord extends LogEntry {
        private final RecordingTap tap;
        private final List<String> values = new ArrayList<>();

        RecordingRecord(RecordingTap tap) {
            this.tap = tap;
        }

        @Override
        public void put(boolean value) {
            values.add(String.valueOf(value));
        }

        @Override
        public void put(char value) {
            values.add("'" + value + "'");
        }

        @Override
        public void put(int value) {
            values.add(String.valueOf(value));
        }

        @Override
        public void put(long value) {
            values.add(value + "L");
        }

        @Override
        public void put(float value) {
            values.add(value + "f");
        }

        @Override
        public void put(double value) {
            values.add(value + "d");
        }

        @Override
        public void put(Object value) {
            values.add(shown(value));
        }

        @Override
        public void error(Throwable failure) {
            values.add("!" + failure.getClass().getSimpleName());
        }

        @Override
        public void redacted() {
            values.add("***");
        }

        @Override
        public void abort(Throwable failure) {
            tap.event("aborted " + failure);
        }

        @Override
        public void commit() {
            tap.event(String.join("|", values));
        }
    }

    /** Runs no code of the cases. */
    private static String shown(Object value) {
        if (value instanceof Throwable thrown && thrown.getClass().getClassLoader() == null) {
            return value.getClass().getSimpleName();
        }
        boolean isText =
                value == null || value instanceof String || value instanceof Number || value instanceof Boolean;
        return isText && Calls.jdkOrNull(value) == value
                ? String.valueOf(value)
                : "a " + value.getClass().getSimpleName();
    }

    private static final class RecordingSeries extends Series {
        private final RecordingTap tap;
        private final String path;

        RecordingSeries(RecordingTap tap, String path) {
            this.tap = tap;
            this.path = path;
        }

        @Override
        public void seenFrom(Class<?> type) {
            // any will do
        }

        private Series with(Object label) {
            return new RecordingSeries(tap, path + "[" + label + "]");
        }

        @Override
        public Series child(Object value) {
            return with(shown(value));
        }

        @Override
        public Series child(long value) {
            return with(value);
        }

        @Override
        public Series child(double value) {
            return with(value);
        }

        @Override
        public Series child(boolean value) {
            return with(value);
        }

        @Override
        public Series child(char value) {
            return with(value);
        }

        @Override
        public void increment(long weight) {
            tap.event(path + "++");
        }

        @Override
        public void record(long value, long weight) {
            tap.event(path + value + "L");
        }

        @Override
        public void record(double value, long weight) {
            tap.event(path + value + "d");
        }

        @Override
        public void valueIsNull() {
            tap.event(path + "null");
        }
    }

    /** A probe at a marked line, with more of its definition behind. */
    public static String at(Class<?> type, String mark, String rest) {
        return "{id: p, at: '" + type.getName().replaceFirst("\\$.*", "") + ":" + line(type, mark) + "', " + rest + "}";
    }

    /** A text as YAML takes it in single quotes. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A probe from YAML, armed with recording sinks. */
    public static ArmedProbe armed(String yaml, RecordingTap tap) {
        Probe probe = ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.systemUTC());
        List<Object> sinks = new ArrayList<>();
        for (Action action : probe.actions()) {
            sinks.add(action instanceof Action.Metric ? new RecordingSeries(tap, "") : new RecordingRecords(tap));
        }
        return new ArmedProbe(probe, tap, sinks);
    }

    /** Sets a probe and returns its memory. */
    public RecordingTap set(String yaml) {
        RecordingTap tap = new RecordingTap();
        weaver.apply(List.of(armed(yaml, tap)), List.of());
        return tap;
    }

    public Standing standing(String yaml) {
        return weaver.standing(armed(yaml, new RecordingTap()).probe());
    }

    /** The number of the line that holds a mark in a test source. */
    public static int line(Class<?> type, String mark) {
        String name = type.getName().replaceFirst("\\$.*", "").replace('.', '/');
        try {
            List<String> lines = Files.readAllLines(Path.of("src/test/java/" + name + ".java"));
            for (int i = 0; i < lines.size(); i++) {
                if (Arrays.asList(lines.get(i).split("\\W+(?=@)|\\s+")).contains("@" + mark)) {
                    return i + 1;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalArgumentException("no mark @" + mark + " in " + name);
    }

    @Override
    public void close() {
        weaver.close();
        Bridge.install(null);
    }
}
