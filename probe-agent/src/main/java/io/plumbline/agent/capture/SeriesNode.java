package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.Calls;
import io.plumbline.agent.bridge.Series;
import io.plumbline.config.probe.Limits;
import io.plumbline.config.redaction.Redaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A node of an instrument's label tree: an inner one has branches, one at full depth has the cell. */
final class SeriesNode extends Series {
    private static final int MAX_LABEL = 128;

    private final Instrument instrument;
    private final List<String> labels;
    private final ConcurrentMap<Object, SeriesNode> children = new ConcurrentHashMap<>(4);

    /** Null for inner nodes. */
    private final Cell cell;

    private SeriesNode(Instrument instrument, List<String> labels) {
        this.instrument = instrument;
        this.labels = labels;
        this.cell = labels.size() == instrument.labelCount() ? instrument.newCell(labels) : null;
    }

    private SeriesNode(Instrument instrument) {
        this.instrument = instrument;
        this.labels = Collections.nCopies(instrument.labelCount(), Limits.OVERFLOW);
        this.cell = null;
    }

    static SeriesNode root(Instrument instrument) {
        return new SeriesNode(instrument, List.of());
    }

    /** The node that takes what is over the cap. Its cell is made with its first value. */
    static SeriesNode overflow(Instrument instrument) {
        return new SeriesNode(instrument);
    }

    @Override
    public void seenFrom(Class<?> type) {
        instrument.seenFrom(type);
    }

    @Override
    public Series child(Object value) {
        return branch(value instanceof String text && text.length() <= MAX_LABEL ? text : text(value));
    }

    @Override
    public Series child(long value) {
        return branch(value);
    }

    @Override
    public Series child(double value) {
        return branch(value);
    }

    @Override
    public Series child(boolean value) {
        return branch(value);
    }

    @Override
    public Series child(char value) {
        return branch(value);
    }

    private String text(Object value) {
        String text = value != null && instrument.hides(value.getClass()) ? Redaction.HIDDEN : Calls.text(value);
        return text.length() <= MAX_LABEL ? text : text.substring(0, MAX_LABEL - 1) + "…";
    }

    private SeriesNode branch(Object key) {
        if (this == instrument.overflow()) {
            return this;
        }
        SeriesNode known = children.get(key);
        return known != null ? known : cleaned(key);
    }

    /** A label that is new here goes through redaction; labels that only differ in a secret are one series. */
    private SeriesNode cleaned(Object key) {
        String text = String.valueOf(key);
        String clean = instrument.clean(text);
        if (clean.equals(text)) {
            return grow(key);
        }
        SeriesNode known = children.get(clean);
        return known != null ? known : grow(clean);
    }

    private SeriesNode grow(Object key) {
        synchronized (children) {
            SeriesNode known = children.get(key);
            if (known != null) {
                return known;
            }
            boolean isLast = labels.size() + 1 == instrument.labelCount();
            if (isLast ? !instrument.mayGrow() : !instrument.mayBranch()) {
                instrument.overflows();
                return instrument.overflow();
            }
            List<String> path = new ArrayList<>(labels);
            path.add(String.valueOf(key));
            SeriesNode node = new SeriesNode(instrument, List.copyOf(path));
            children.put(key, node);
            return node;
        }
    }

    /** The cell of a node at full depth; null for others. */
    Cell cell() {
        return cell;
    }

    /** The cell to write to; the overflow's is made late, as most instruments never need it. */
    private Cell target() {
        if (cell != null) {
            return cell;
        }
        SeriesNode made = children.computeIfAbsent(Limits.OVERFLOW, any -> new SeriesNode(instrument, labels));
        return made.cell;
    }

    @Override
    public void increment(long weight) {
        target().add(1L, weight);
    }

    @Override
    public void record(long value, long weight) {
        if (value < 0 && instrument.isCounter()) {
            instrument.valueIsNegative();
        } else {
            target().add(value, weight);
        }
    }

    @Override
    public void record(double value, long weight) {
        if (!Double.isFinite(value)) {
            instrument.valueIsNotFinite();
        } else if (value < 0 && instrument.isCounter()) {
            instrument.valueIsNegative();
        } else {
            target().add(value, weight);
        }
    }

    @Override
    public void valueIsNull() {
        instrument.valueIsNull();
    }
}
