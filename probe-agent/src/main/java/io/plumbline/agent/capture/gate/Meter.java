package io.plumbline.agent.capture.gate;

/** The metric of one action without labels, as the lanes of a probe's threads see it. */
public interface Meter {

    /** What a thread writes. */
    enum Part {
        /** Nothing: the labels decide, or the action is no metric. */
        NONE,
        /** Nothing: the number of hits is the number wanted. */
        HITS,
        SUM,
        HISTOGRAM
    }

    Part part();

    /** A thread's part of a counter; read from now on until it is folded. */
    LaneSum newSum();

    /** A thread's part of a histogram; read from now on until it is folded. */
    LaneHistogram newHistogram();

    /** The thread that had a part has gone; its numbers stay. */
    void fold(LaneSum part);

    /** The thread that had a part has gone; its numbers stay. */
    void fold(LaneHistogram part);

    /** A counter can't fall, and no metric holds what is no finite number; counted by cause. */
    void refuse(double value);

    /** A thread without a part of its own adds to the shared one. */
    void addShared(double value, long weight);

    /** The value of one of many hits, for an exemplar. */
    void example(double value);

    /** No hit came by that could stand for so many others: the last example does. */
    void standIn(long hits);
}
