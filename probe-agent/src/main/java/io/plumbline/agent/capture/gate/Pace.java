package io.plumbline.agent.capture.gate;

/**
 * Chooses n of "one hit in n" from what the last moments cost. Plain arithmetic; the agent's thread.
 *
 * <p>Two things cost: each hit a little, since it is counted ({@code floor}), and each hit that is taken its own time. Whatever
 * of the budget counting leaves is for the taken ones. It falls by half at most in a turn.
 */
final class Pace {
    /** A probe that needs more than this part of its budget approaches it. */
    static final double APPROACH = 0.9;

    /** What sampling aims at, so that chance does not carry it over. */
    static final double AIM = 0.75;

    /** Where counting takes all, the taken hits have this part nevertheless: the gate shuts for part of the time. */
    private static final double LEAST = 0.1;

    static final int MAX_EVERY = 1 << 24;

    /** How fast the past is forgotten: half in about a second. */
    private static final double FRESH = 0.07;

    /** After so many turns without a hit nothing is left of the past. */
    private static final long MAX_REST = 400;

    private final double floorNanos;
    private int turns;
    private double hitsPerSecond;
    private double askedPerSecond;
    private double hitNanos;

    Pace(double floorNanos, double guessedHitNanos) {
        this.floorNanos = floorNanos;
        this.hitNanos = guessedHitNanos;
    }

    /**
     * What happened in a turn.
     *
     * @param hits including those that were not counted
     * @param asked for how many records there should have been credit, by weight
     */
    void turn(double seconds, double hits, double asked, long timedNanos, long timedHits) {
        double fresh = ++turns < 1 / FRESH ? 1.0 / turns : FRESH;
        hitsPerSecond += (hits / seconds - hitsPerSecond) * fresh;
        askedPerSecond += (asked / seconds - askedPerSecond) * fresh;
        if (timedHits > 0) {
            double mean = (double) timedNanos / timedHits;
            hitNanos += (mean - hitNanos) * (timedHits >= 16 ? 0.5 : 0.2);
        }
    }

    /** So many turns have gone by in which nothing happened. */
    void rest(long turnsGone) {
        for (long i = 0; i < Math.min(turnsGone, MAX_REST); i++) {
            turn(1, 0, 0, 0, 0);
        }
    }

    /** The share of one core that taking every hit would use. */
    double fullShare() {
        return hitsPerSecond * (hitNanos + floorNanos) / 1e9;
    }

    /** The share of one core that is used with one hit in n. */
    double share(int every) {
        return hitsPerSecond * (hitNanos / every + floorNanos) / 1e9;
    }

    double hitNanos() {
        return hitNanos;
    }

    /**
     * The n to go on with.
     *
     * @param every the n until now
     * @param share of one core that the probe may use
     * @param recordsPerSecond that it may leave; infinite for no cap
     */
    int next(int every, double share, double recordsPerSecond) {
        double needed = Math.max(byTime(share), byRecords(recordsPerSecond));
        return (int) Math.min(MAX_EVERY, Math.max(Math.ceil(needed), every / 2));
    }

    private double byTime(double share) {
        if (fullShare() <= APPROACH * share) {
            return 1;
        }
        double counting = hitsPerSecond * floorNanos / 1e9;
        double room = Math.max(AIM * share - counting, LEAST * share);
        return hitsPerSecond * hitNanos / 1e9 / room;
    }

    private double byRecords(double recordsPerSecond) {
        return askedPerSecond <= APPROACH * recordsPerSecond ? 1 : askedPerSecond / (AIM * recordsPerSecond);
    }
}
