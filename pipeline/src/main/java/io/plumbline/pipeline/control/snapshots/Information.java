package io.plumbline.pipeline.control.snapshots;

/** How much a question with two answers tells of which of two sets something is in. */
final class Information {
    private Information() {}

    /**
     * The information gain, as a share of all that there is to be told; each set counts as much as the other, however large it is.
     *
     * @param leftHits of the left set's members, for how many the answer is yes
     * @param left how many the left set has, at least one
     * @return from 0 to 1
     */
    static double gain(long leftHits, long left, long rightHits, long right) {
        double yesLeft = (double) leftHits / left / 2;
        double yesRight = (double) rightHits / right / 2;
        double yes = yesLeft + yesRight;
        double no = 1 - yes;
        double noLeft = 0.5 - yesLeft;
        double rest = (yes > 0 ? yes * entropy(yesLeft / yes) : 0) + (no > 0 ? no * entropy(noLeft / no) : 0);
        return Math.max(0, Math.min(1, 1 - rest));
    }

    /** Of a coin, in bits. */
    private static double entropy(double share) {
        return part(share) + part(1 - share);
    }

    private static double part(double share) {
        return share <= 0 ? 0 : -share * Math.log(share) / Math.log(2);
    }
}
