package io.plumbline.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.pipeline.stream.OffsetTracker.Tracked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * The tracker beside a model that keeps every offset that was read and whether its record has ended, and works out anew each time
 * what may be committed.
 */
class OffsetTrackerTest {
    private static final int PARTITIONS = 3;

    /** Both, driven by the same steps. */
    private static final class Run {
        private final OffsetTracker tracker = new OffsetTracker();
        private final Map<TopicPartition, TreeMap<Long, Boolean>> model = new HashMap<>();
        private final Map<TopicPartition, Long> committed = new HashMap<>();
        private final List<Tracked> open = new ArrayList<>();
        private final List<TopicPartition> openAt = new ArrayList<>();
        private final List<Long> openOffset = new ArrayList<>();

        void poll(int number, int gap) {
            TopicPartition partition = new TopicPartition("t", number);
            TreeMap<Long, Boolean> known = model.computeIfAbsent(partition, any -> new TreeMap<>());
            long offset = (known.isEmpty() ? 0 : known.lastKey() + 1) + gap;
            known.put(offset, false);
            open.add(tracker.add(new ConsumerRecord<>("t", number, offset, new byte[1], new byte[2])));
            openAt.add(partition);
            openOffset.add(offset);
        }

        void settle(int which) {
            if (open.isEmpty()) {
                return;
            }
            int index = which % open.size();
            tracker.settle(open.remove(index));
            model.get(openAt.remove(index)).put(openOffset.remove(index), true);
        }

        void take() {
            Map<TopicPartition, OffsetAndMetadata> taken = tracker.take();
            taken.forEach((partition, offset) -> {
                assertThat(offset.offset())
                        .as("commits only go on")
                        .isGreaterThan(committed.getOrDefault(partition, -1L));
                committed.put(partition, offset.offset());
            });
            Map<TopicPartition, Long> expected = new HashMap<>();
            model.forEach(
                    (partition, known) -> committable(known).ifPresent(offset -> expected.put(partition, offset)));
            assertThat(committed).isEqualTo(expected);
        }

        /** One after the last of those that have ended with all before them. */
        private static java.util.Optional<Long> committable(TreeMap<Long, Boolean> known) {
            Long last = null;
            for (Map.Entry<Long, Boolean> each : known.entrySet()) {
                if (!each.getValue()) {
                    break;
                }
                last = each.getKey() + 1;
            }
            return java.util.Optional.ofNullable(last);
        }

        void check() {
            assertThat(tracker.open()).isEqualTo(open.size());
            Map<TopicPartition, Integer> counts = new HashMap<>();
            openAt.forEach(partition -> counts.merge(partition, 1, Integer::sum));
            assertThat(tracker.openByPartition()).isEqualTo(counts);
            Map<TopicPartition, Long> first = new HashMap<>();
            model.forEach((partition, known) -> known.entrySet().stream()
                    .filter(each -> !each.getValue())
                    .findFirst()
                    .ifPresent(each -> first.put(partition, each.getKey())));
            assertThat(tracker.firstOpen()).isEqualTo(first);
            long kept = model.values().stream()
                    .mapToLong(known -> known.keySet().stream()
                            .filter(offset -> offset >= committable(known).orElse(-1L))
                            .count())
                    .sum();
            assertThat((long) tracker.kept()).isEqualTo(kept);
        }
    }

    @Property
    void commits_areWhatTheModelAllows(@ForAll("runs") ActionChain<Run> runs) {
        Run end = runs.withInvariant(Run::check).run();
        while (!end.open.isEmpty()) {
            end.settle(7);
        }
        end.take();
        assertThat(end.tracker.kept()).isZero();
    }

    @Provide
    Arbitrary<ActionChain<Run>> runs() {
        return ActionChain.startWith(Run::new)
                .withAction(
                        4,
                        step(
                                "poll",
                                Arbitraries.integers().between(0, PARTITIONS - 1),
                                Arbitraries.of(0, 0, 0, 1, 5),
                                Run::poll))
                .withAction(
                        4,
                        step(
                                "settle",
                                Arbitraries.integers().between(0, 1_000),
                                Arbitraries.just(0),
                                (run, which, none) -> run.settle(which)))
                .withAction(1, step("take", Arbitraries.just(0), Arbitraries.just(0), (run, one, two) -> run.take()))
                .withMaxTransformations(120);
    }

    private interface Step {
        void on(Run run, int one, int two);
    }

    private static Action.Independent<Run> step(
            String name, Arbitrary<Integer> ones, Arbitrary<Integer> twos, Step step) {
        return () -> ones.flatMap(one ->
                twos.map(two -> Transformer.mutate(name + " " + one + " " + two, run -> step.on(run, one, two))));
    }

    @Test
    void settledTwice_isADefect() {
        OffsetTracker tracker = new OffsetTracker();
        Tracked tracked = tracker.add(new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[0]));
        tracker.settle(tracked);

        assertThatThrownBy(() -> tracker.settle(tracked)).isInstanceOf(IllegalStateException.class);
    }
}
