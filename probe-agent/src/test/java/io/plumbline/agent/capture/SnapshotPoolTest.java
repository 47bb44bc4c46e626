package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SnapshotPoolTest {
    private final Snapshots snapshots = new Snapshots("snapshot: {stack: 2, time: 100, bytes: 262144}", "v");

    @Test
    void take_moreThanThereAre_isRefusedAndCounted() {
        for (int i = 0; i < SnapshotPool.MAX_ENTRIES; i++) {
            SnapshotEntry entry = snapshots.claim();
            entry.put(i);
            entry.commit();
        }

        assertThat(snapshots.claim()).isNull();
        assertThat(snapshots.drain()).hasSize(SnapshotPool.MAX_ENTRIES);
        assertThat(snapshots.claim()).isNotNull();
    }

    @Test
    void take_oneAfterTheOther_usesTheSame() {
        Set<SnapshotEntry> used = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 1_000; i++) {
            SnapshotEntry entry = snapshots.claim();
            used.add(entry);
            entry.put("x".repeat(5_000));
            entry.commit();
            snapshots.drain();
        }

        assertThat(used).hasSize(1);
    }

    @Test
    void take_manyThreads_nothingIsLostOrMixed() throws InterruptedException {
        AtomicInteger written = new AtomicInteger();
        AtomicInteger drained = new AtomicInteger();
        Thread drain = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                drained.addAndGet(check());
            }
        });
        drain.start();

        ProbeTapTest.inEightThreads(() -> {
            Map<String, Object> value = Map.of("thread", Thread.currentThread().getName());
            for (int i = 0; i < 2_000; i++) {
                SnapshotEntry entry = snapshots.claim();
                if (entry != null) {
                    entry.put(value);
                    entry.commit();
                    written.incrementAndGet();
                }
            }
        });
        drain.interrupt();
        drain.join();

        assertThat(drained.get() + check()).isEqualTo(written.get()).isPositive();
    }

    /** Each record's value names the thread that it is of. */
    private int check() {
        var records = snapshots.drain();
        records.forEach(data -> assertThat(Snapshots.text(data.getAttributes().get(Snapshots.VALUES)))
                .isEqualTo("{v: {thread: '"
                        + data.getAttributes().get(io.opentelemetry.api.common.AttributeKey.stringKey("thread.name"))
                        + "'}}"));
        return records.size();
    }

    @Test
    void abort_isPassedOverAndTheRecordComesBack() {
        for (int i = 0; i < SnapshotPool.MAX_ENTRIES + 1; i++) {
            SnapshotEntry entry = snapshots.claim();
            entry.put(new Object());
            entry.abort(new IllegalStateException("on purpose"));
            assertThat(snapshots.drain()).isEmpty();
        }

        assertThat(snapshots.tap().dropped()).containsEntry("error", SnapshotPool.MAX_ENTRIES + 1L);
    }

    @Test
    void commit_nothingOfTheHitIsHeld() throws InterruptedException {
        List<WeakReference<Object>> captured = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Object graph = new Object[] {new HashMap<>(Map.of("k", new int[] {i})), new int[] {1}};
            captured.add(new WeakReference<>(graph));
            SnapshotEntry entry = snapshots.claim();
            entry.put(graph);
            entry.commit();
        }

        // before anything is drained
        for (int i = 0; i < 50 && captured.stream().anyMatch(reference -> reference.get() != null); i++) {
            System.gc();
        }

        assertThat(captured).allMatch(reference -> reference.get() == null);
        assertThat(snapshots.drain()).hasSize(10);
    }

    @Test
    void value_changedMeanwhile_neverBreaksTheRecord() throws InterruptedException {
        Map<Integer, Object> map = new HashMap<>();
        List<Object> list = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Thread writer = new Thread(() -> {
            for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                map.put(i % 20, List.of(i));
                map.remove((i + 10) % 20);
                list.add(i);
                if (list.size() > 40) {
                    list.clear();
                }
                text.append('x');
                text.setLength(i % 30);
            }
        });
        writer.start();

        for (int i = 0; i < 2_000; i++) {
            assertThat(snapshots.hit(entry -> entry.put(new Object[] {map, list, text, map.values()})))
                    .isNotNull();
        }
        writer.interrupt();
        writer.join();

        assertThat(snapshots.tap().dropped()).isEmpty();
    }

    @Test
    void error_ofTheJvm_isTheValueAndTheRecordGoesOn() {
        Shapes broken = new Shapes(
                new Hiding(io.plumbline.config.redaction.Redaction.standard()), type -> {}, (exception, to, level) -> {
                    to.out().list();
                    throw new OutOfMemoryError("on purpose");
                });
        Snapshots here = new Snapshots(broken, "snapshot: {stack: 0}", "a", "b");

        var data = here.hit(entry -> {
            entry.put(new Object[] {1, new IllegalStateException()});
            entry.put(2);
        });

        assertThat(Snapshots.text(data.getAttributes().get(Snapshots.VALUES)))
                .isEqualTo("{a: {@failed: 'java.lang.OutOfMemoryError'}, b: 2}");
        assertThat(here.tap().isClosed()).isFalse();
    }
}
