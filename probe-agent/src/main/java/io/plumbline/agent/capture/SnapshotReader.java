package io.plumbline.agent.capture;

import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.plumbline.agent.capture.thrown.CapturedThrowable;
import io.plumbline.config.wire.SignalAttributes;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@link SnapshotBuffer} holds into OpenTelemetry's values. Keys that begin with {@code @} say what a program's
 * names can't: the class, what was cut and why. Their meaning is public, see {@code docs/probes.md}.
 *
 * <p>One for each record, on the agent's thread.
 */
final class SnapshotReader {
    private static final String TYPE = "@type";
    private static final String INTERFACES = "@interfaces";
    private static final String CUT = "@cut";
    private static final String MORE = "@more";
    private static final String TEXT = "@text";
    private static final String LENGTH = "@length";
    private static final String ID = "@id";
    private static final String ENTRIES = "@entries";
    private static final String SAME = "@same";
    private static final String CYCLE = "@cycle";
    private static final String FAILED = "@failed";
    private static final String ERROR = "@error";

    /** The least of thirteen digits. */
    private static final long LONG_NUMBER = 1_000_000_000_000L;

    private static final Value<?> HIDDEN = Value.of(ObjectShapes.HIDDEN);

    private static final String MESSAGE = "message";
    private static final String STACK_TRACE = "stacktrace";
    private static final String EXCEPTION = "$exception";

    private final Cleaner cleaner;
    private final SnapshotCursor from;
    private final String[] names;

    /** How the containers are reached, in the order in which they began. */
    private final List<String> paths = new ArrayList<>();

    /** What stood under the name of the exception. */
    private CapturedThrowable exception;

    /** Why and by how much the container that was read last was cut. */
    private Cut cut;

    private long more;

    /**
     * @param cleaner takes secrets out of texts
     */
    SnapshotReader(SnapshotEntry entry, Cleaner cleaner) {
        this.cleaner = cleaner;
        this.from = new SnapshotCursor(entry.values());
        this.names = entry.names();
    }

    /** The exception of a place that has one; null where there is none. To be asked after {@link #values}. */
    CapturedThrowable exception() {
        return exception;
    }

    /** All values by their names. */
    Map<String, Value<?>> values() {
        Map<String, Value<?>> values = new LinkedHashMap<>();
        Map<String, Value<?>> context = context();
        Map<String, Value<?>> watched = new LinkedHashMap<>();
        Map<String, Value<?>> statics = new LinkedHashMap<>();
        for (int i = 0; i < names.length && !from.isAt(SnapshotBuffer.END); i++) {
            if (!put(names[i], SignalAttributes.WATCH, watched) && !put(names[i], SignalAttributes.STATICS, statics)) {
                values.put(names[i], value(names[i]));
            }
        }
        end();
        putIfSome(values, SignalAttributes.CONTEXT, context);
        putIfSome(values, SignalAttributes.WATCH, watched);
        putIfSome(values, SignalAttributes.STATICS, statics);
        cut(values);
        return values;
    }

    /** Of the maps that stand in front, those that hold something. */
    private Map<String, Value<?>> context() {
        Map<String, Value<?>> context = new LinkedHashMap<>();
        for (int i = 0;
                i < ContextWriter.NAMES.length && !from.isAt(SnapshotBuffer.END) && from.isAt(SnapshotBuffer.MAP);
                i++) {
            Value<?> map = value(SignalAttributes.CONTEXT + "." + ContextWriter.NAMES[i]);
            if (!((List<?>) map.getValue()).isEmpty()) {
                context.put(ContextWriter.NAMES[i], map);
            }
        }
        return context;
    }

    private boolean put(String name, String group, Map<String, Value<?>> values) {
        if (!name.startsWith(group + ".")) {
            return false;
        }
        values.put(name.substring(group.length() + 1), value(name));
        return true;
    }

    private static void putIfSome(Map<String, Value<?>> values, String name, Map<String, Value<?>> group) {
        if (!group.isEmpty()) {
            values.put(name, Value.of(group));
        }
    }

    private Value<?> value(String path) {
        byte tag = from.next();
        return switch (tag) {
            case SnapshotBuffer.NULL -> Value.empty();
            case SnapshotBuffer.FALSE -> Value.of(false);
            case SnapshotBuffer.TRUE -> Value.of(true);
            case SnapshotBuffer.INTEGER -> integer(from.signed());
            case SnapshotBuffer.FLOAT -> single(Float.intBitsToFloat((int) from.fixed(4)));
            case SnapshotBuffer.DOUBLE -> decimal(Double.longBitsToDouble(from.fixed(8)));
            case SnapshotBuffer.CHAR -> Value.of(String.valueOf((char) from.fixed(2)));
            case SnapshotBuffer.TEXT -> Value.of(text());
            case SnapshotBuffer.LONG_TEXT -> longText();
            case SnapshotBuffer.CONSTANT -> constant(from.reference());
            case SnapshotBuffer.MOMENT ->
                Value.of(Instant.ofEpochSecond(from.signed(), from.number()).toString());
            case SnapshotBuffer.REDACTED -> HIDDEN;
            case SnapshotBuffer.ERROR -> one(ERROR, Value.of(text()));
            case SnapshotBuffer.FAILED -> one(FAILED, Value.of((String) from.reference()));
            case SnapshotBuffer.SAME -> one(SAME, Value.of(paths.get((int) from.number())));
            case SnapshotBuffer.CYCLE -> one(CYCLE, Value.of(paths.get((int) from.number())));
            case SnapshotBuffer.IDENTITY -> identity();
            case SnapshotBuffer.THROWN -> thrown(path);
            case SnapshotBuffer.OBJECT -> object(path);
            case SnapshotBuffer.LIST -> list(path);
            case SnapshotBuffer.MAP -> map(path);
            default -> throw new IllegalStateException("no tag of a value: " + tag);
        };
    }

    private static Value<?> one(String key, Value<?> value) {
        return Value.of(KeyValue.of(key, value));
    }

    private static Value<?> decimal(double value) {
        return Double.isFinite(value) ? Value.of(value) : Value.of(Double.toString(value));
    }

    /** The double that reads as the float does. */
    private static Value<?> single(float value) {
        return decimal(Double.parseDouble(Float.toString(value)));
    }

    private Value<?> constant(Object value) {
        boolean isLong = value instanceof BigInteger number && number.bitLength() < Long.SIZE;
        return isLong ? integer(((BigInteger) value).longValue()) : Value.of(cleaner.clean(value.toString()));
    }

    /** A number stays one, unless it is as long as a card's and looks like one. */
    private Value<?> integer(long value) {
        if (value < LONG_NUMBER) {
            return Value.of(value);
        }
        String text = Long.toString(value);
        String clean = cleaner.clean(text);
        return clean.equals(text) ? Value.of(value) : Value.of(clean);
    }

    private Value<?> longText() {
        byte tag = from.next();
        Map<String, Value<?>> map = new LinkedHashMap<>();
        long length = from.number();
        map.put(tag == SnapshotBuffer.ERROR ? ERROR : TEXT, Value.of(cleaner.clean(from.text(), true)));
        map.put(CUT, Value.of("length"));
        map.put(LENGTH, Value.of(length));
        return Value.of(map);
    }

    private Value<?> thrown(String path) {
        paths.add(path);
        CapturedThrowable thrown = CapturedThrowable.parse(from.text()).map(cleaner::clean);
        if (path.equals(EXCEPTION)) {
            exception = thrown;
        }
        Map<String, Value<?>> map = new LinkedHashMap<>();
        map.put(TYPE, Value.of(thrown.type()));
        if (thrown.message() != null) {
            map.put(MESSAGE, Value.of(thrown.message()));
        }
        map.put(STACK_TRACE, Value.of(thrown.stackTrace()));
        return Value.of(map);
    }

    private Value<?> identity() {
        Map<String, Value<?>> map = typed((Shown) from.reference());
        map.put(ID, Value.of(Integer.toHexString((int) from.fixed(4))));
        map.put(CUT, Value.of(Cut.UNREAD.word()));
        return Value.of(map);
    }

    private static Map<String, Value<?>> typed(Shown shown) {
        Map<String, Value<?>> map = new LinkedHashMap<>();
        map.put(TYPE, Value.of(shown.type()));
        if (!shown.interfaces().isEmpty()) {
            map.put(
                    INTERFACES,
                    Value.of(
                            shown.interfaces().stream().<Value<?>>map(Value::of).toList()));
        }
        return map;
    }

    private Value<?> object(String path) {
        paths.add(path);
        Shown shown = (Shown) from.reference();
        Map<String, Value<?>> map = typed(shown);
        for (int i = 0; !from.isAt(SnapshotBuffer.END); i++) {
            String name = shown.names().get(i);
            map.put(name, value(path + "." + name));
        }
        end();
        if (cut == Cut.NONE && shown.hasUnread()) {
            cut = Cut.UNREAD;
        }
        cut(map);
        return Value.of(map);
    }

    private Value<?> list(String path) {
        paths.add(path);
        List<Value<?>> items = new ArrayList<>();
        while (!from.isAt(SnapshotBuffer.END)) {
            items.add(value(path + "[" + items.size() + "]"));
        }
        end();
        Map<String, Value<?>> mark = new LinkedHashMap<>();
        cut(mark);
        if (!mark.isEmpty()) {
            items.add(Value.of(mark));
        }
        return Value.of(items);
    }

    private Value<?> map(String path) {
        paths.add(path);
        List<Value<?>> keys = new ArrayList<>();
        List<Value<?>> values = new ArrayList<>();
        while (!from.isAt(SnapshotBuffer.END)) {
            Value<?> key = value(path + ".key");
            if (from.isAt(SnapshotBuffer.END)) {
                break;
            }
            keys.add(key);
            values.add(value(path + "[" + MapKeys.text(key) + "]"));
        }
        end();
        Map<String, Value<?>> map = MapKeys.areTexts(keys) ? MapKeys.map(keys, values) : entries(keys, values);
        cut(map);
        return Value.of(map);
    }

    private static Map<String, Value<?>> entries(List<Value<?>> keys, List<Value<?>> values) {
        List<Value<?>> entries = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            entries.add(Value.of(KeyValue.of("key", keys.get(i)), KeyValue.of("value", values.get(i))));
        }
        Map<String, Value<?>> map = new LinkedHashMap<>();
        map.put(ENTRIES, Value.of(entries));
        return map;
    }

    private void cut(Map<String, Value<?>> map) {
        if (cut != Cut.NONE) {
            map.put(CUT, Value.of(cut.word()));
            if (more > 0) {
                map.put(MORE, Value.of(more));
            }
        }
    }

    private void end() {
        from.next();
        cut = Cut.of(from.next());
        more = from.number();
    }

    private String text() {
        return cleaner.clean(from.text());
    }
}
