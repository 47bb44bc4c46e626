package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A probe must not keep the classes alive that it stood in. */
class LeakTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final String SOURCE = """
            package made;
            public class Gone {
                private final String name = "gone";
                public static int run() {
                    Gone gone = new Gone();
                    return gone.name.length();
                }
            }
            """;

    private final WeaveFixture fixture = new WeaveFixture();

    @AfterEach
    void restore() {
        fixture.close();
    }

    @Test
    void loader_probedAndDropped_isCollected() throws Exception {
        var tap = fixture.set(
                "{id: p, at: 'made.Gone:6', log: '{gone} {gone.name}', count: {name: c, labels: {l: gone}}}");

        WeakReference<ClassLoader> loader = probed();

        assertThat(tap.events).hasSize(2);
        assertThat(isCollected(loader)).isTrue();
    }

    private WeakReference<ClassLoader> probed() throws Exception {
        Compiled made = new Compiled("made.Gone", SOURCE, "-g");
        made.call("made.Gone", "run");
        fixture.weaver.notice();
        fixture.weaver.lines("request", "instance", "made.Gone");
        return new WeakReference<>(made);
    }

    static boolean isCollected(WeakReference<?> reference) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (reference.get() != null && System.nanoTime() < deadline) {
            System.gc();
        }
        return reference.get() == null;
    }
}
