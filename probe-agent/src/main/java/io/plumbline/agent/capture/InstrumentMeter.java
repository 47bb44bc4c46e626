package io.plumbline.agent.capture;

import io.plumbline.agent.capture.gate.LaneHistogram;
import io.plumbline.agent.capture.gate.LaneSum;
import io.plumbline.agent.capture.gate.Meter;

/** An instrument as the lanes of a probe's threads see it: what has no labels is written there. */
final class InstrumentMeter implements Meter {
    /** For an action that is no metric. */
    static final Meter NONE = new InstrumentMeter(null, Part.NONE);

    private final Instrument instrument;
    private final Part part;

    /**
     * @param part other than NONE only for an instrument without labels
     */
    InstrumentMeter(Instrument instrument, Part part) {
        this.instrument = instrument;
        this.part = part;
    }

    @Override
    public Part part() {
        return part;
    }

    private Cell cell() {
        return instrument.root().cell();
    }

    @Override
    public LaneSum newSum() {
        return ((SumCell) cell()).newPart();
    }

    @Override
    public LaneHistogram newHistogram() {
        return ((HistogramCell) cell()).newPart();
    }

    @Override
    public void fold(LaneSum sum) {
        ((SumCell) cell()).fold(sum);
    }

    @Override
    public void fold(LaneHistogram histogram) {
        ((HistogramCell) cell()).fold(histogram);
    }

    @Override
    public void refuse(double value) {
        if (Double.isFinite(value)) {
            instrument.valueIsNegative();
        } else {
            instrument.valueIsNotFinite();
        }
    }

    @Override
    public void addShared(double value, long weight) {
        cell().add(value, weight);
    }

    @Override
    public void example(double value) {
        cell().example(value);
    }

    @Override
    public void standIn(long hits) {
        if (instrument != null && part != Part.HITS) {
            instrument.standIn(hits);
        }
    }
}
