package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cases.Arrivals;
import io.plumbline.cases.Secondary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What remains of a probe is nothing. */
class RemovalTest {
    private final WeaveFixture fixture = new WeaveFixture();
    private final Arrivals arrivals = new Arrivals();
    private ClassBytes bytes;
    private byte[] original;

    @BeforeEach
    void load() {
        arrivals.plain(1);
        bytes = new ClassBytes(Arrivals.class);
        original = bytes.now();
    }

    @AfterEach
    void restore() {
        bytes.close();
        fixture.close();
    }

    private WeaveFixture.RecordingTap set(String id, String mark) {
        return fixture.set("{id: " + id + ", at: 'io.plumbline.cases.Arrivals:"
                + WeaveFixture.line(Arrivals.class, mark) + "', count: hits}");
    }

    private void remove(String... ids) {
        fixture.weaver.apply(List.of(), List.of(ids));
    }

    @Test
    void remove_only_bytesAreTheOriginal() {
        var tap = set("a", "plain");
        arrivals.plain(1);
        assertThat(bytes.now()).isNotEqualTo(original);

        remove("a");
        arrivals.plain(1);

        assertThat(tap.admitted).isEqualTo(1);
        assertThat(bytes.now()).isEqualTo(original);
    }

    @Test
    void remove_oneOfTwoOnALine_otherGoesOn() {
        var a = set("a", "plain");
        var b = set("b", "plain");
        arrivals.plain(1);

        remove("a");
        arrivals.plain(1);
        assertThat(a.admitted).isEqualTo(1);
        assertThat(b.admitted).isEqualTo(2);

        remove("b");
        arrivals.plain(1);
        assertThat(b.admitted).isEqualTo(2);
        assertThat(bytes.now()).isEqualTo(original);
    }

    @Test
    void remove_oneOfTwoLines_otherGoesOn() {
        var a = set("a", "plain");
        var b = set("b", "wide");
        arrivals.plain(1);
        arrivals.wide(1, 1);

        remove("a");
        arrivals.plain(1);
        arrivals.wide(1, 1);
        assertThat(a.admitted).isEqualTo(1);
        assertThat(b.admitted).isEqualTo(2);

        remove("b");
        assertThat(bytes.now()).isEqualTo(original);
    }

    @Test
    void remove_before_firstHit_bytesAreTheOriginal() {
        set("a", "plain");

        remove("a");

        assertThat(bytes.now()).isEqualTo(original);
    }

    @Test
    void remove_unknown_isNothing() {
        remove("never-there");

        assertThat(bytes.now()).isEqualTo(original);
    }

    @Test
    void setAgain_afterRemoval_hits() {
        set("a", "plain");
        arrivals.plain(1);
        remove("a");

        var again = set("a", "plain");
        arrivals.plain(1);

        assertThat(again.admitted).isEqualTo(1);
    }

    @Test
    void close_takesAllOut() {
        set("a", "plain");
        set("b", "wide");

        fixture.weaver.close();

        assertThat(bytes.now()).isEqualTo(original);
    }

    /** A class named unlike its file is found only when it loads; it must be found again when the probe goes. */
    @Test
    void remove_classNamedUnlikeItsFile_bytesAreTheOriginal() throws Exception {
        int line = WeaveFixture.line(Secondary.class, "second");
        fixture.set("{id: f, at: 'Secondary.java:" + line + "', count: hits}");
        try (var loader = new IsolatedLoader()) {
            Class<?> other = Class.forName("io.plumbline.cases.SecondInFile", true, loader);
            fixture.weaver.notice();
            try (ClassBytes watch = new ClassBytes(other)) {
                assertThat(new String(watch.now(), StandardCharsets.ISO_8859_1)).contains("io/plumbline/agent/");

                remove("f");

                assertThat(new String(watch.now(), StandardCharsets.ISO_8859_1)).doesNotContain("io/plumbline/agent/");
            }
        }
    }
}
