package io.plumbline.pipeline.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.pipeline.pairing.Apart.Call;
import io.plumbline.pipeline.pairing.Apart.Estimate;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What is said of two clocks holds for the clocks as they are, whatever threads waited for. */
class ApartTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /**
     * A call as it was, all in nanoseconds.
     *
     * @param out from the client's beginning to the server's
     * @param work from there to the answer's departure
     * @param back from there to the client's end
     * @param late how long after the departure the server's span ends
     * @param isThere whether it goes to the clock that is measured
     * @param off by how much the server's times are off, within what is said of them
     */
    record Trip(long out, long work, long back, long late, boolean isThere, long off) {

        /** What the spans say where the measured clock is ahead by so much. */
        Call seen(long ahead) {
            long server = (isThere ? ahead : -ahead) + off;
            long t1 = 0;
            long t2 = t1 + out + server;
            long t3 = t2 + work + late;
            long t4 = t1 + out + work + back;
            return new Call(t2 - t1, t2 - t4, t3 - t4, Math.abs(off));
        }

        boolean isLate() {
            return late > back + Apart.LATE_NANOS;
        }
    }

    @Provide
    Arbitrary<Trip> trips() {
        Arbitrary<Long> way = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(20_000, MILLI)),
                Tuple.of(1, Arbitraries.longs().between(MILLI, 50 * MILLI)));
        Arbitrary<Long> late = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(0, MILLI)),
                Tuple.of(1, Arbitraries.longs().between(MILLI, 60 * MILLI)));
        return Combinators.combine(
                        way,
                        Arbitraries.longs().between(0, 100 * MILLI),
                        way,
                        late,
                        Arbitraries.of(true, false),
                        Arbitraries.longs().between(-MILLI, MILLI))
                .as(Trip::new);
    }

    @Property
    void estimate_holds_whereLessThanThreeInFourEndLate(
            @ForAll @Size(min = 1, max = 40) List<@From("trips") Trip> trips,
            @ForAll @LongRange(min = -40 * SECOND, max = 40 * SECOND) long ahead) {
        Apart apart = new Apart();
        long now = 0;
        for (int i = 0; i < trips.size(); i++) {
            now += SECOND;
            apart.add(trips.get(i).seen(ahead), trips.get(i).isThere(), now);
            if (fewAreLate(trips.subList(0, i + 1))) {
                Estimate estimate = apart.at(now);
                assertThat(estimate.nanos())
                        .isBetween(ahead - estimate.boundNanos() - 1, ahead + estimate.boundNanos() + 1);
            }
        }
    }

    /** In each direction fewer of the last eight than would make the lower quartile a late one. */
    private static boolean fewAreLate(List<Trip> trips) {
        return isFew(trips.stream().filter(Trip::isThere).toList())
                && isFew(trips.stream().filter(trip -> !trip.isThere()).toList());
    }

    private static boolean isFew(List<Trip> trips) {
        List<Trip> last = trips.subList(Math.max(0, trips.size() - 8), trips.size());
        return last.stream().filter(Trip::isLate).count() <= last.size() - Math.max(1, last.size() / 4);
    }

    @Property
    void oneCall_holds_howeverLateTheServerEnds(
            @ForAll("trips") Trip trip, @ForAll @LongRange(min = -40 * SECOND, max = 40 * SECOND) long ahead) {
        Apart apart = new Apart();
        apart.add(trip.seen(ahead), trip.isThere(), 0);
        Estimate estimate = apart.at(0);
        assertThat(estimate.nanos()).isBetween(ahead - estimate.boundNanos() - 1, ahead + estimate.boundNanos() + 1);
    }

    @Test
    void slowServer_fewQuickWays_boundIsOfTheWaysAndNotOfTheWork() {
        Apart apart = new Apart();
        for (int i = 1; i <= 8; i++) {
            apart.add(new Trip(MILLI / 2, 900 * MILLI, MILLI / 2, 0, true, 0).seen(7 * SECOND), true, i * SECOND);
        }
        Estimate estimate = apart.at(9 * SECOND);
        assertThat(estimate.boundNanos()).isLessThan(2.0 * MILLI);
        assertThat(Math.abs(estimate.nanos() - 7 * SECOND)).isLessThan(MILLI / 10.0);
    }

    @Test
    void aClockThatIsSet_isFollowedFromTheNextCallOn() {
        Apart apart = new Apart();
        Trip trip = new Trip(MILLI, MILLI, MILLI, 0, true, 0);
        for (int i = 1; i <= 8; i++) {
            apart.add(trip.seen(0), true, i * SECOND);
        }
        apart.add(trip.seen(3600 * SECOND), true, 9 * SECOND);

        Estimate estimate = apart.at(9 * SECOND);
        assertThat(Math.abs(estimate.nanos() - 3600 * SECOND))
                .isLessThanOrEqualTo(estimate.boundNanos())
                .isLessThanOrEqualTo(2.0 * MILLI);
    }

    @Test
    void withoutNews_theBoundGrowsByFifteenMicrosecondsASecond() {
        Apart apart = new Apart();
        apart.add(new Trip(MILLI, 0, MILLI, 0, true, 0).seen(0), true, 0);
        double fresh = apart.at(0).boundNanos();

        assertThat(apart.at(100 * SECOND).boundNanos()).isBetween(fresh + 1_499_000, fresh + 1_501_000);
    }
}
