package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cases.Ends;
import io.plumbline.config.wire.ProbeState;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What happens when the JVM refuses a woven class: here, because another agent behind ours breaks it. */
class IsolationTest {
    private static final String TYPE = "io.plumbline.cases.Ends";

    private final WeaveFixture fixture = new WeaveFixture();
    private final Ends ends = new Ends("x");
    private Breaker breaker;

    @AfterEach
    void restore() {
        if (breaker != null) {
            WeaveFixture.INSTRUMENTATION.removeTransformer(breaker);
        }
        fixture.close();
    }

    /** Makes methods unverifiable: those of some names in which it sees a site of ours, or all of these names. */
    private static final class Breaker implements ClassFileTransformer {
        private final Set<String> methods;
        private final boolean always;

        Breaker(boolean always, String... methods) {
            this.always = always;
            this.methods = Set.of(methods);
        }

        @Override
        public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
            if (!TYPE.replace('.', '/').equals(name)) {
                return null;
            }
            ClassReader reader = new ClassReader(bytes);
            ClassWriter writer = new ClassWriter(reader, 0);
            reader.accept(
                    new ClassVisitor(Opcodes.ASM9, writer) {
                        @Override
                        public MethodVisitor visitMethod(
                                int access, String method, String descriptor, String signature, String[] exceptions) {
                            MethodVisitor next = super.visitMethod(access, method, descriptor, signature, exceptions);
                            return methods.contains(method) ? breaking(next) : next;
                        }
                    },
                    0);
            return writer.toByteArray();
        }

        private MethodVisitor breaking(MethodVisitor next) {
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitCode() {
                    super.visitCode();
                    if (always) {
                        super.visitInsn(Opcodes.POP); // takes from an empty stack
                    }
                }

                @Override
                public void visitInvokeDynamicInsn(String name, String descriptor, Handle handle, Object... arguments) {
                    super.visitInvokeDynamicInsn(name, descriptor, handle, arguments);
                    if (handle.getOwner().startsWith("io/plumbline/agent/bridge/")) {
                        super.visitInsn(Opcodes.POP);
                    }
                }
            };
        }
    }

    private void breaks(boolean always, String... methods) {
        breaker = new Breaker(always, methods);
        WeaveFixture.INSTRUMENTATION.addTransformer(breaker, true);
    }

    private static String yaml(String id, String spot) {
        return "{id: " + id + ", at: '" + TYPE + spot + "', count: hits}";
    }

    @Test
    void oneOfMany_refused_othersRun() {
        breaks(false, "early");
        var taps = new ArrayList<WeaveFixture.RecordingTap>();
        var all = new ArrayList<io.plumbline.agent.compile.ArmedProbe>();
        List<String> spots = List.of("#wide", "#half:exit", "#early:exit", "#flag", "#text:exit", "#nothing");
        for (String spot : spots) {
            taps.add(new WeaveFixture.RecordingTap());
            all.add(WeaveFixture.armed(yaml("p" + taps.size(), spot), taps.get(taps.size() - 1)));
        }

        fixture.weaver.apply(all, List.of());
        ends.wide(1, 2);
        ends.half(1);
        ends.early(1);
        ends.flag(true);
        ends.text("");
        ends.nothing();

        assertThat(taps.stream().map(tap -> tap.admitted)).containsExactly(1, 1, 0, 1, 1, 1);
        for (int i = 0; i < spots.size(); i++) {
            Standing standing = fixture.weaver.standing(all.get(i).probe());
            assertThat(standing.state())
                    .as(spots.get(i))
                    .isEqualTo(i == 2 ? ProbeState.REJECTED : ProbeState.INSTALLED);
        }
        assertThat(fixture.weaver.standing(all.get(2).probe()).reason())
                .startsWith(TYPE + ": the JVM refused the woven class: java.lang.VerifyError");
    }

    @Test
    void refusedProbe_laterOnesAreStillWoven_andItMayMove() {
        breaks(false, "early");
        fixture.set(yaml("bad", "#early"));
        var good = fixture.set(yaml("good", "#wide"));

        ends.wide(1, 2);
        var moved = fixture.set(yaml("bad", "#half"));
        ends.half(1);

        assertThat(good.admitted).isEqualTo(1);
        assertThat(moved.admitted).isEqualTo(1);
    }

    @Test
    void classBrokenByOthers_isSaidAndRunsOn() {
        breaks(true, "wide");
        String yaml = yaml("p", "#early");
        fixture.set(yaml);

        assertThat(ends.early(5)).isEqualTo(10);
        assertThat(fixture.standing(yaml).state()).isEqualTo(ProbeState.REJECTED);
        assertThat(fixture.standing(yaml).reason()).contains("the JVM refused the woven class");
    }

    @Test
    void bisection_findsAllBad_inFewAttempts() {
        Set<Integer> things = new LinkedHashSet<>();
        for (int i = 0; i < 1_000; i++) {
            things.add(i);
        }
        int[] attempts = {0};
        Bisection<Integer> bisection = new Bisection<>(some -> {
            attempts[0]++;
            return some.contains(17) || some.contains(801) ? "bad" : null;
        });

        assertThat(bisection.bad(things)).isEqualTo(Map.of(17, "bad", 801, "bad"));
        assertThat(attempts[0]).isLessThan(50);
        assertThat(bisection.bad(Set.of())).isEmpty();
    }
}
