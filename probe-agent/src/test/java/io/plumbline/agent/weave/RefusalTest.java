package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.cases.Arrivals;
import io.plumbline.config.wire.ProbeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Locations that can't be probed, or not yet, and what a person is told. */
class RefusalTest {
    private static final String SOURCE = """
            package made;
            public class %s {
                public static int run() {
                    int a = twice(21);
                    return a;
                }
                static int twice(int n) {
                    return n * 2;
                }
                public static class Inner {
                    public static int run() {
                        return 7;
                    }
                }
            }
            """;

    /** Classes of earlier tests are still loaded, so each test has a name of its own. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final WeaveFixture fixture = new WeaveFixture();
    private final String simple = "Late" + (char) ('A' + NUMBER.getAndIncrement());
    private final String late = "made." + simple;

    @AfterEach
    void restore() {
        fixture.close();
    }

    private static String probe(String at, String rest) {
        return "{id: p, at: '" + at + "', " + rest + "}";
    }

    @Test
    void line_withoutCode_namesNearest() {
        new Arrivals().plain(1);
        int line = WeaveFixture.line(Arrivals.class, "plain") - 1;
        String yaml = probe("io.plumbline.cases.Arrivals:" + line, "count: hits");
        fixture.set(yaml);

        Standing standing = fixture.standing(yaml);

        assertThat(standing.state()).isEqualTo(ProbeState.REJECTED);
        assertThat(standing.reason())
                .startsWith("no code at line " + line + " of io.plumbline.cases.Arrivals; nearest: ")
                .endsWith((line + 1) + ", " + (line + 2));
    }

    @Test
    void class_notLoaded_isPendingWithLikeNames_andInstalledWhenItLoads() throws Exception {
        new Arrivals().plain(1);
        String like = probe("shop.Arivals:5", "count: hits");
        fixture.set(like);
        assertThat(fixture.standing(like).state()).isEqualTo(ProbeState.PENDING);
        assertThat(fixture.standing(like).reason())
                .isEqualTo("no class shop.Arivals is loaded in this program; the probe waits for it;"
                        + " loaded and of a like name: io.plumbline.cases.Arrivals");

        String yaml = probe(late + ":8", "log: '{n}'");
        var tap = fixture.set(yaml);
        Compiled made = new Compiled(late, SOURCE.formatted(simple), "-g");
        assertThat(made.call(late, "run")).isEqualTo(42);
        fixture.weaver.notice();

        assertThat(tap.events).containsExactly("21");
        assertThat(fixture.standing(yaml).state()).isEqualTo(ProbeState.INSTALLED);
        assertThat(fixture.standing(yaml).sites())
                .singleElement()
                .satisfies(site -> assertThat(site.loader()).isEqualTo("compiled"));
    }

    @Test
    void class_inTwoLoaders_hasTwoSites() throws Exception {
        Compiled one = new Compiled(late, SOURCE.formatted(simple), "-g");
        Compiled two = new Compiled(late, SOURCE.formatted(simple), "-g");
        one.call(late, "run");
        String yaml = probe(late + ":4", "count: hits");
        var tap = fixture.set(yaml);

        one.call(late, "run");
        two.call(late, "run");
        fixture.weaver.notice();

        assertThat(tap.admitted).isEqualTo(2);
        assertThat(fixture.standing(yaml).sites()).hasSize(2);
    }

    @Test
    void location_simpleNameFileOrNested_meansTheClass() throws Exception {
        Compiled made = new Compiled(late, SOURCE.formatted(simple), "-g");
        made.call(late, "run");
        made.call(late + "$Inner", "run");
        for (String at : new String[] {
            simple + ":12", simple + ".java:12", late + ":12", late + "$Inner:12", simple + "$Inner:12",
        }) {
            var tap = fixture.set(probe(at, "count: hits"));

            made.call(late + "$Inner", "run");

            assertThat(tap.admitted).as(at).isEqualTo(1);
        }
    }

    @Test
    void class_ofTheJdksCore_isRefused() {
        String yaml = probe("java.lang.String:100", "count: hits");
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).state()).isEqualTo(ProbeState.REJECTED);
        assertThat(fixture.standing(yaml).reason())
                .isEqualTo("this class of the JDK is not probed, for it is part of the language's core, which every hit"
                        + " runs itself: java.lang.String");
    }

    @Test
    void class_ofTheAgent_isRefused() {
        String yaml = probe("io.plumbline.agent.weave.Weaver:50", "count: hits");
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).reason())
                .isEqualTo("the agent does not probe itself: io.plumbline.agent.weave.Weaver");
    }

    @Test
    void class_withoutLines_saysSo() throws Exception {
        Compiled made = new Compiled(late, SOURCE.formatted(simple), "-g:none");
        made.call(late, "run");
        String yaml = probe(late + ":4", "count: hits");
        fixture.set(yaml);

        assertThat(fixture.standing(yaml).reason())
                .isEqualTo("no code at line 4 of " + late + ": the class was compiled without line numbers"
                        + " (javac -g:none); compile it with -g:lines, or probe a method, as in " + late
                        + "#method:exit");
    }

    @Test
    void class_withoutVariables_offersArguments() throws Exception {
        Compiled made = new Compiled(late, SOURCE.formatted(simple), "-g:lines,source");
        made.call(late, "run");
        var tap = fixture.set(probe(late + ":8", "log: '{arg0}'"));

        made.call(late, "run");

        assertThat(tap.events).containsExactly("21");
    }

    @Test
    void method_thatWouldOutgrow64KB_isRefusedAndOthersAreNot() throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 5_040; i++) {
            body.append("x = x * 31 + 7777;\n");
        }
        String source = "package made; public class Big { public static int x = 1; public static int big() {\n" + body
                + "x++; return x; }\npublic static int small() {\nint y = 3;\nreturn y; } }";
        Compiled made = new Compiled("made.Big", source, "-g");
        made.call("made.Big", "small");
        int small = 5_040 + 5;
        var tap = fixture.set("{id: small, at: 'made.Big:" + small + "', log: '{y}'}");
        String big = "{id: big, at: 'made.Big:100', count: hits}";
        fixture.set(big);

        made.call("made.Big", "big");
        made.call("made.Big", "small");

        assertThat(fixture.standing(big).state()).isEqualTo(ProbeState.REJECTED);
        assertThat(fixture.standing(big).reason())
                .isEqualTo("made.Big: the method big is too large to take a probe; the JVM's limit is 64 KB");
        assertThat(tap.events).containsExactly("3");
    }

    /** Each call costs a class two constants, and 65,535 are all that it can hold. */
    @Test
    void class_withMoreProbesThanItCanHold_takesTheFirst() throws Exception {
        int methods = 35;
        StringBuilder source = new StringBuilder("package made; public class Vast {\n");
        List<ArmedProbe> probes = new ArrayList<>();
        var tap = new WeaveFixture.RecordingTap();
        for (int m = 0; m < methods; m++) {
            source.append("public static int m").append(m).append("() { int x = 7;\n");
            for (int i = 0; i < 999; i++) {
                source.append("if (x == ").append(i).append(") return x;\n");
            }
            source.append("return 0; }\n");
            probes.add(WeaveFixture.armed("{id: p" + m + ", at: 'made.Vast#m" + m + ":exit', count: hits}", tap));
        }
        fixture.weaver.apply(probes, List.of()); // first, as HotSpot takes minutes to retransform a class of that size
        Compiled made = new Compiled("made.Vast", source.append("}").toString(), "-g");

        made.call("made.Vast", "m0");
        made.call("made.Vast", "m31");
        made.call("made.Vast", "m32");
        fixture.weaver.notice();

        assertThat(tap.admitted).isEqualTo(2);
        for (int m = 0; m < methods; m++) {
            Standing standing = fixture.weaver.standing(probes.get(m).probe());
            assertThat(standing.state()).isEqualTo(m < 32 ? ProbeState.INSTALLED : ProbeState.REJECTED);
            assertThat(standing.reason())
                    .isEqualTo(
                            m < 32
                                    ? ""
                                    : "made.Vast: the class can't take another probe: with so many its constants would be"
                                            + " more than the JVM's limit of 65,535; remove some of its other probes");
        }
    }

    @Test
    void method_withManyLocals_handsOverTheFirst() throws Exception {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            body.append("long v").append(i).append(" = x + ").append(i).append(";\n");
        }
        String source = "package made; public class Many { static int x = 1; public static long run() {\n" + body
                + "return v399; } }";
        Compiled made = new Compiled("made.Many", source, "-g");
        var tap = fixture.set("{id: many, at: 'made.Many:402', log: '{v0} {v99} {x}'}");

        assertThat(made.call("made.Many", "run")).isEqualTo(400L);

        assertThat(tap.events).containsExactly("1L|100L|1");
    }

    @Test
    void class_thatTheProgramCannotLink_isSaidToBeSo() throws Exception {
        Map<String, byte[]> classes = Compiled.compile(late, """
                package made;
                public class %1$s {
                    static class Gone extends Base {}
                    static class Base {}
                    static Base one(Gone gone) {
                        return gone;
                    }
                }
                """.formatted(simple), "-g");
        classes.remove(late + "$Gone");
        Class.forName(late, false, new Compiled(ClassLoader.getPlatformClassLoader(), classes));
        String yaml = probe(late + ":6", "count: hits");

        fixture.set(yaml);

        Standing standing = fixture.standing(yaml);
        assertThat(standing.state()).isEqualTo(ProbeState.REJECTED);
        assertThat(standing.reason()).contains("the JVM can't link it even without a probe");
    }
}
