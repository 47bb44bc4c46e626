package io.plumbline.agent.capture.gate;

/**
 * The buckets of a histogram, and the way from a value to its bucket: the highest bits of a positive number, its exponent and the first
 * bits of its fraction, lead to a cell of a table, and the cell to the bucket of its least value, from which it is a step or none.
 * A search by halves guesses at every step where a value goes that nobody can foresee, and each wrong guess costs more than all else
 * that a histogram does. Where bounds are so many or so odd that a cell would have two, it is that search nevertheless.
 *
 * <p>Immutable, shared by all threads.
 */
public final class Buckets {
    private static final int FRACTION_BITS = 52;

    /** Cells from one power of two to the next, as a power of two: bounds of people's choice are seldom so near to each other. */
    private static final int FINENESS = 4;

    private static final int MAX_FINENESS = 8;
    private static final int MAX_CELLS = 1 << 12;

    /** The low bits of a cell: the bucket of its least value. */
    private static final int BUCKET_BITS = 15;

    private static final int MAX_BUCKET = (1 << BUCKET_BITS) - 1;

    private final double[] bounds;

    /**
     * Above {@link #BUCKET_BITS} what the bits of a value have below {@link #shift} if it is the cell's bound, or all ones. Empty where the
     * search is better.
     */
    private final long[] cells;

    private final int shift;

    /** All bits below {@link #shift}. */
    private final long mask;

    /** The cell before the one with the first bound above zero, counted from zero. */
    private final int lowest;

    /**
     * @param bounds inclusive above, ascending, finite; not copied
     */
    public Buckets(double[] bounds) {
        this.bounds = bounds;
        int positive = search(Double.MIN_VALUE);
        int fineness = positive == bounds.length || bounds.length > MAX_BUCKET ? -1 : fineness(positive);
        this.shift = FRACTION_BITS - Math.max(0, fineness);
        this.mask = (1L << shift) - 1;
        this.lowest = fineness < 0 ? 0 : cellOf(positive, fineness) - 1;
        this.cells = fineness < 0 ? new long[0] : cells(positive, fineness);
    }

    /** So fine that no cell has two bounds; below zero where that is too fine. */
    private int fineness(int positive) {
        for (int fineness = FINENESS; fineness <= MAX_FINENESS; fineness++) {
            if (cellOf(bounds.length - 1, fineness) - cellOf(positive, fineness) > MAX_CELLS - 2) {
                return -1;
            }
            boolean isFine = true;
            for (int i = positive + 1; i < bounds.length; i++) {
                isFine = isFine && cellOf(i, fineness) > cellOf(i - 1, fineness);
            }
            if (isFine) {
                return fineness;
            }
        }
        return -1;
    }

    private int cellOf(int bound, int fineness) {
        return (int) (Double.doubleToRawLongBits(bounds[bound]) >> FRACTION_BITS - fineness);
    }

    private long[] cells(int positive, int fineness) {
        int bound = positive;
        long[] made = new long[cellOf(bounds.length - 1, fineness) - lowest + 1];
        for (int cell = 0; cell < made.length; cell++) {
            boolean hasBound = bound < bounds.length && cellOf(bound, fineness) == lowest + cell;
            long end = hasBound ? Double.doubleToRawLongBits(bounds[bound]) & mask : mask;
            made[cell] = end << BUCKET_BITS | bound;
            bound += hasBound ? 1 : 0;
        }
        return made;
    }

    /** How many there are. */
    public int count() {
        return bounds.length + 1;
    }

    /** The bucket of a finite value: the first whose bound is not below it. */
    public int of(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int cell = (int) (bits >> shift) - lowest; // of a negative number: negative
        if (cell <= 0 || cell >= cells.length) {
            return search(value);
        }
        long found = cells[cell];
        long beyond = (found >>> BUCKET_BITS) - (bits & mask) >>> Long.SIZE - 1;
        return (int) ((found & MAX_BUCKET) + beyond);
    }

    private int search(double value) {
        int low = 0;
        int high = bounds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
