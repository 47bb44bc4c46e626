package io.plumbline.agent.weave;

import io.plumbline.agent.bridge.Bridge;
import io.plumbline.agent.bridge.Record;
import io.plumbline.agent.bridge.Records;
import io.plumbline.agent.bridge.Series;
import io.plumbline.agent.bridge.Tap;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.config.probe.HiddenNames;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.text.YamlText;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
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
final class WeaveFixture implements AutoCloseable {
    static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    final Weaver weaver = new Weaver(INSTRUMENTATION, new HitCompiler(type -> {}, new HiddenNames(Set.of())), Map.of());

    WeaveFixture() {
        Bridge.install(weaver.linker());
    }

    /** Remembers what hits did. */
    static final class RecordingTap extends Tap {
        final List<String> events = new ArrayList<>();
        int admitted;
        int nullConditions;
        Throwable failure;
        boolean open = true;

        @Override
        public synchronized boolean isOpen() {
            return open;
        }

        @Override
        public synchronized boolean admit() {
            admitted++;
            return true;
        }

        @Override
        public synchronized void refund() {
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

    /** Joins a record's values with "|". */
    private static final class RecordingRecords extends Records {
        private final RecordingTap tap;

        RecordingRecords(RecordingTap tap) {
            this.tap = tap;
        }

        @Override
        public Records in(String function) {
            return this;
        }

        @Override
        public Record claim() {
            return new RecordingRecord(tap);
        }
    }

    private static final class RecordingRecord extends Record {
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
            values.add(String.valueOf(value));
        }

        @Override
        public void error(Throwable failure) {
            values.add("!" + failure.getClass().getSimpleName());
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

    private static final class RecordingSeries extends Series {
        private final RecordingTap tap;
        private final String path;

        RecordingSeries(RecordingTap tap, String path) {
            this.tap = tap;
            this.path = path;
        }

        private Series with(Object label) {
            return new RecordingSeries(tap, path + "[" + label + "]");
        }

        @Override
        public Series child(Object value) {
            return with(value);
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
        public void increment() {
            tap.event(path + "++");
        }

        @Override
        public void record(long value) {
            tap.event(path + value + "L");
        }

        @Override
        public void record(double value) {
            tap.event(path + value + "d");
        }

        @Override
        public void valueIsNull() {
            tap.event(path + "null");
        }
    }

    /** A probe from YAML, armed with recording sinks. */
    static ArmedProbe armed(String yaml, RecordingTap tap) {
        Probe probe = ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.systemUTC());
        List<Object> sinks = new ArrayList<>();
        for (var action : probe.actions()) {
            sinks.add(action.kind().equals("log") ? new RecordingRecords(tap) : new RecordingSeries(tap, ""));
        }
        return new ArmedProbe(probe, tap, sinks);
    }

    /** Sets a probe and returns its memory. */
    RecordingTap set(String yaml) {
        RecordingTap tap = new RecordingTap();
        weaver.apply(List.of(armed(yaml, tap)), List.of());
        return tap;
    }

    Standing standing(String yaml) {
        return weaver.standing(armed(yaml, new RecordingTap()).probe());
    }

    /** The number of the line that holds a mark in a test source. */
    static int line(Class<?> type, String mark) {
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
