package io.plumbline.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.wire.HitClaim;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    private static final Probe TEN = probe(1, 10);

    private final List<Entry> topic = new ArrayList<>();

    private record Entry(long offset, String key, String value) {}

    private static Probe probe(long version, long limit) {
        return ProbeReader.wire("{\"id\":\"p\",\"version\":" + version
                + ",\"at\":\"X:1\",\"log\":\"hi\",\"expires\":9000000000000,\"limits\":{\"fleet-hits\":" + limit
                + "}}");
    }

    private void write(String instance, long version, long claimed) {
        HitClaim claim = new HitClaim("p", version, instance, claimed);
        topic.add(new Entry(topic.isEmpty() ? 0 : topic.get(topic.size() - 1).offset() + 1, claim.key(), claim.json()));
    }

    /** An instance that reads the topic at its own pace. */
    private final class Reader implements Claims.Holder {
        private final String name;
        private final Claims claims;
        private long granted;
        private long claimed;
        private long position;
        private boolean closed = true;

        Reader(String name, Probe probe) {
            this.name = name;
            this.claims = new Claims(name, this);
            claims.want(List.of(probe));
        }

        void read(int records) {
            topic.stream()
                    .filter(entry -> entry.offset() >= position)
                    .limit(records)
                    .toList()
                    .forEach(entry -> {
                        claims.take(entry.key(), entry.value(), entry.offset());
                        position = entry.offset() + 1;
                    });
        }

        void claim(long more) {
            claimed += more;
            write(name, 1, claimed);
        }

        @Override
        public void hold(String probe, long version, long limit) {
            closed = false;
        }

        @Override
        public void granted(String probe, long version, long total) {
            assertThat(closed).isFalse();
            granted = total;
        }

        @Override
        public void close(String probe, long version) {
            closed = true;
        }
    }

    @Test
    void take_orderDecides_theLastIsGrantedTheRest() {
        Reader a = new Reader("a", TEN);
        Reader b = new Reader("b", TEN);
        a.claim(3);
        b.claim(8);
        a.claim(2);

        a.read(9);
        b.read(9);

        assertThat(a.granted).isEqualTo(3);
        assertThat(b.granted).isEqualTo(7);
        assertThat(a.closed).isTrue();
        assertThat(a.claims.isOver(TEN)).isTrue();
        assertThat(Claims.overInWords(TEN)).isEqualTo("the limit of 10 hits in all instances is reached");
    }

    @Test
    void take_aClaimThatComesTwiceOrLate_countsOnce() {
        Reader a = new Reader("a", TEN);
        write("a", 1, 4);
        write("a", 1, 4);
        write("a", 1, 2);

        a.read(9);

        assertThat(a.granted).isEqualTo(4);
        assertThat(a.claims.isOver(TEN)).isFalse();
    }

    @Test
    void want_aNewVersion_isCountedAnew_andTheOldOneClosed() {
        Reader a = new Reader("a", TEN);
        a.claim(10);
        a.read(9);
        Probe next = probe(2, 10);

        a.claims.want(List.of(next));

        assertThat(a.claims.mustReread()).isTrue();
        assertThat(a.claims.nextOffset()).isZero();
        assertThat(a.claims.isOver(next)).isFalse();
        write("a", 2, 1);
        a.position = 0;
        a.read(9);
        assertThat(a.granted).isEqualTo(1);
    }

    @Test
    void take_readAgain_decidesNothingTwice() {
        Reader a = new Reader("a", TEN);
        a.claim(4);
        a.read(9);

        a.claims.reread();
        a.position = 0;
        a.read(9);
        a.claims.startAgain();
        a.position = 0;
        a.read(9);

        assertThat(a.granted).isEqualTo(4);
    }

    @Test
    void take_whatIsNoneOfOurs_isPassedOver() {
        Reader a = new Reader("a", TEN);
        a.claims.take("q@1/a", "{\"claimed\":99}", 0);
        a.claims.take("p@2/a", "{\"claimed\":99}", 1);
        a.claims.take("p@1/b", null, 2);
        a.claims.take("p@1/b", "{\"claimed\":1,\"later\":true}", 3);

        assertThat(a.claims.isOver(TEN)).isFalse();
        assertThat(a.granted).isZero();
    }

    /** Instances come at any time, read at any pace, lose their place; the topic is compacted behind them. */
    @Test
    void take_anyInterleaving_grantsTheLimitExactly() {
        Random random = new Random(4);
        for (int round = 0; round < 300; round++) {
            topic.clear();
            int limit = 1 + random.nextInt(30);
            Probe probe = probe(1, limit);
            List<Reader> readers = new ArrayList<>();
            for (int step = 0; step < 120; step++) {
                step(random, readers, probe);
            }
            readers.forEach(reader -> reader.read(Integer.MAX_VALUE));

            long wanted = readers.stream().mapToLong(reader -> reader.claimed).sum();
            long granted = readers.stream().mapToLong(reader -> reader.granted).sum();
            assertThat(granted).as("round " + round).isEqualTo(Math.min(limit, wanted));
            Reader late = new Reader("late", probe);
            late.read(Integer.MAX_VALUE);
            assertThat(late.claims.isOver(probe)).isEqualTo(wanted >= limit);
        }
    }

    private void step(Random random, List<Reader> readers, Probe probe) {
        if (readers.isEmpty() || random.nextInt(20) == 0) {
            readers.add(new Reader("i" + readers.size(), probe));
            return;
        }
        Reader one = readers.get(random.nextInt(readers.size()));
        switch (random.nextInt(8)) {
            case 0, 1 -> one.claim(1 + random.nextInt(4));
            case 2 -> write(one.name, 1, one.claimed);
            case 3 -> {
                one.claims.reread();
                one.position = one.claims.nextOffset();
            }
            case 4 -> compact(readers);
            default -> one.read(1 + random.nextInt(3));
        }
    }

    /** As the topic's minimum lag has it: nothing goes that an instance with an open claim has not read. */
    private void compact(List<Reader> readers) {
        long read = readers.stream().mapToLong(reader -> reader.position).min().orElse(0);
        Set<String> seen = new HashSet<>();
        for (int i = topic.size() - 1; i >= 0; i--) {
            Entry entry = topic.get(i);
            if (entry.offset() < read && !seen.add(entry.key())) {
                topic.remove(i);
            }
        }
    }
}
