package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the thread that reaches a site first finds done already, and what becomes of it. */
class FirstHitTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** To make a hit's code takes some 80 kB. */
    private static final long BYTES = 20_000;

    private static final String SOURCE = """
            package made;
            public class Rare {
                private final String name = "rare";
                public static int run() {
                    return new Rare().go(1, 2L, 'c', 3f);
                }
                int go(int a, long b, char c, float d) {
                    return name.length() + a;
                }
                public static int other() {
                    return 3;
                }
            }
            """;

    private final WeaveFixture fixture = new WeaveFixture();

    @AfterEach
    void restore() {
        fixture.close();
    }

    @Test
    void firstHit_ofALoadedClass_makesNothing() throws Exception {
        Compiled made = new Compiled("made.Rare", SOURCE, "-g");
        made.call("made.Rare", "run");
        hit(made); // the call by reflection itself
        warmed();
        var tap = fixture.set("{id: p, at: 'made.Rare#go', log: '{a} {name}'}");

        assertThat(hit(made)).isLessThan(BYTES);

        assertThat(tap.events).containsExactly("1|rare");
    }

    @Test
    void change_beforeTheFirstHit_countsForIt() throws Exception {
        Compiled made = new Compiled("made.Rare", SOURCE, "-g");
        made.call("made.Rare", "run");
        var before = fixture.set("{id: p, at: 'made.Rare#go', log: '{a}'}");
        var after = fixture.set("{id: p, at: 'made.Rare#go', log: '{b}'}");

        made.call("made.Rare", "run");

        assertThat(before.events).isEmpty();
        assertThat(after.events).containsExactly("2L");
    }

    @Test
    void loader_probedAndNeverHit_isCollected() throws Exception {
        WeakReference<ClassLoader> loader = neverHit();

        assertThat(LeakTest.isCollected(loader)).isTrue();
    }

    private WeakReference<ClassLoader> neverHit() throws Exception {
        Compiled made = new Compiled("made.Rare", SOURCE, "-g");
        made.call("made.Rare", "other");
        fixture.set("{id: p, at: 'made.Rare#go', log: '{name} {a}'}");
        return new WeakReference<>(made);
    }

    /** The first link of a JVM takes more, once. */
    private void warmed() throws Exception {
        Compiled first = new Compiled("made.Rare", SOURCE, "-g");
        first.call("made.Rare", "run");
        fixture.set("{id: warm, at: 'made.Rare#other', log: 'warm'}");
        first.call("made.Rare", "other");
    }

    /** Bytes that it allocates. */
    private static long hit(Compiled made) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        made.call("made.Rare", "run");
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
