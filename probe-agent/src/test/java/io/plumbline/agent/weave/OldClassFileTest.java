package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.ProbeState;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.lang.StringUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/** Class files before Java 7, which hold neither {@code invokedynamic} nor, mostly, stack maps. */
class OldClassFileTest {
    private static final String NAME = "attic.Old";
    private static final String SOURCE = """
            package attic;
            public class Old extends Base {
                private final String name;
                Old(int n) {
                    super(n > 1
                        ? new String("big")
                        : null);
                    name = "old" + n;
                }
                public static String run() {
                    StringBuilder all = new StringBuilder();
                    for (int n : new int[] {1, 2, 3}) {
                        Old old = new Old(n);
                        all.append(old.name).append(old.kind);
                        try {
                            if (n == 2) {
                                throw new IllegalStateException("two");
                            }
                        } catch (IllegalStateException e) {
                            all.append(e.getMessage());
                        } finally {
                            long end = n * 10L;
                            all.append(end);
                        }
                    }
                    return all.toString();
                }
            }
            class Base {
                final Object kind;
                Base(Object kind) {
                    this.kind = kind;
                }
            }
            """;
    private static final String EXPECTED = "old1null10old2bigtwo20old3big30";

    private final WeaveFixture fixture = new WeaveFixture();

    @AfterEach
    void restore() {
        fixture.close();
    }

    /** javac's classes as if written for an older JVM; below 50 the stack maps are not looked at. */
    private static Map<String, byte[]> old(int major, boolean stackMaps) {
        Map<String, byte[]> classes = Compiled.compile(NAME, SOURCE, "-g", "--release", "8", "-Xlint:-options");
        classes.replaceAll((name, bytes) -> stackMaps ? bytes : withoutStackMaps(bytes));
        classes.values().forEach(bytes -> bytes[7] = (byte) major);
        return classes;
    }

    private static byte[] withoutStackMaps(byte[] bytes) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(writer, ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }

    private static Compiled loaded(Map<String, byte[]> classes) {
        return new Compiled(ClassLoader.getPlatformClassLoader(), classes);
    }

    private WeaveFixture.RecordingTap set(int line, String rest) {
        return fixture.set("{id: l" + line + ", at: 'attic.Old:" + line + "', " + rest + "}");
    }

    @ParameterizedTest
    @ValueSource(ints = {46, 47, 48, 49, 50})
    void line_ofAnOldClass_isHitWithItsVariables(int major) throws Exception {
        Compiled made = loaded(old(major, false));
        assertThat(made.call(NAME, "run")).isEqualTo(EXPECTED);
        var header = set(12, "count: hits");
        var end = set(23, "log: '{n} {end} {old.name}'");
        var caught = set(20, "log: '{n} {e}'");
        var before = set(6, "log: '{n}'");
        var thisBefore = set(5, "log: '{name}'");
        var after = set(8, "log: '{n} {this}'");

        assertThat(made.call(NAME, "run")).isEqualTo(EXPECTED);

        assertThat(header.admitted).isEqualTo(4);
        assertThat(end.events).containsExactly("1|10L|old1", "2|20L|old2", "3|30L|old3");
        assertThat(before.events).containsExactly("2", "3");
        assertThat(after.events).containsExactly("1|a Old", "2|a Old", "3|a Old");
        assertThat(thisBefore.events).isEmpty();
        assertThat(caught.events).containsExactly("2|IllegalStateException");
    }

    @Test
    void class_withStackMapsOfJava6_isProbedAndVerified() throws Exception {
        Compiled made = loaded(old(50, true));
        var header = set(12, "count: hits");

        assertThat(made.call(NAME, "run")).isEqualTo(EXPECTED);

        assertThat(header.admitted).isEqualTo(4);
    }

    @Test
    void class_loadedAfterItsProbe_isWovenWhileLoading() throws Exception {
        var end = set(23, "log: '{end}'");
        Compiled made = loaded(old(48, false));

        assertThat(made.call(NAME, "run")).isEqualTo(EXPECTED);
        fixture.weaver.notice();

        assertThat(end.events).containsExactly("10L", "20L", "30L");
        assertThat(fixture.standing("{id: l23, at: 'attic.Old:23', log: '{end}'}")
                        .state())
                .isEqualTo(ProbeState.INSTALLED);
    }

    @Test
    void probe_changedAndRemoved_isHeeded() throws Exception {
        Compiled made = loaded(old(48, false));
        var first = set(23, "log: '{end}'");
        made.call(NAME, "run");
        var second = set(23, "log: '{n}', if: 'n == 2'");
        made.call(NAME, "run");
        fixture.weaver.apply(List.of(), List.of("l23"));
        made.call(NAME, "run");
        var third = set(23, "count: hits");
        made.call(NAME, "run");

        assertThat(first.events).hasSize(3);
        assertThat(second.events).containsExactly("2");
        assertThat(third.events).hasSize(3);
    }

    @Test
    void loader_ofAnOldClass_isCollected() throws Exception {
        assertThat(LeakTest.isCollected(probedAndDropped())).isTrue();
    }

    private WeakReference<ClassLoader> probedAndDropped() throws Exception {
        Compiled made = loaded(old(48, false));
        var end = set(23, "log: '{end} {old.name} {old}'");
        made.call(NAME, "run");
        fixture.weaver.notice();
        assertThat(end.events).hasSize(3);
        return new WeakReference<>(made);
    }

    /** {@code finally} as javac compiled it until Java 5: one copy, called by {@code jsr}. */
    private static byte[] withSubroutine() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_4, Opcodes.ACC_PUBLIC, "attic/Jsr", null, "java/lang/Object", null);
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "()Ljava/lang/Object;", null, null);
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        Label subroutine = new Label();
        Label done = new Label();
        code.visitCode();
        line(code, 10);
        code.visitLdcInsn("text");
        code.visitVarInsn(Opcodes.ASTORE, 0);
        code.visitInsn(Opcodes.ICONST_5);
        code.visitVarInsn(Opcodes.ISTORE, 3);
        code.visitTryCatchBlock(start, end, handler, null);
        code.visitLabel(start);
        line(code, 11);
        code.visitIincInsn(3, 1);
        code.visitJumpInsn(Opcodes.JSR, subroutine);
        code.visitLabel(end);
        line(code, 15);
        code.visitJumpInsn(Opcodes.GOTO, done);
        code.visitLabel(handler);
        code.visitVarInsn(Opcodes.ASTORE, 1);
        code.visitJumpInsn(Opcodes.JSR, subroutine);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitInsn(Opcodes.ATHROW);
        code.visitLabel(subroutine);
        line(code, 13);
        code.visitVarInsn(Opcodes.ASTORE, 2);
        line(code, 14);
        code.visitIincInsn(3, 10);
        code.visitVarInsn(Opcodes.RET, 2);
        code.visitLabel(done);
        line(code, 16);
        code.visitTypeInsn(Opcodes.NEW, "java/lang/Integer");
        code.visitInsn(Opcodes.DUP);
        line(code, 17);
        code.visitVarInsn(Opcodes.ILOAD, 3);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Integer", "<init>", "(I)V", false);
        code.visitInsn(Opcodes.ARETURN);
        Label last = new Label();
        code.visitLabel(last);
        code.visitLocalVariable("text", "Ljava/lang/String;", null, start, last, 0);
        code.visitLocalVariable("sum", "I", null, start, last, 3);
        code.visitMaxs(3, 4);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void line(MethodVisitor code, int number) {
        Label here = new Label();
        code.visitLabel(here);
        code.visitLineNumber(number, here);
    }

    @Test
    void subroutine_isHitOnceACall() throws Exception {
        Compiled made = loaded(new TreeMap<>(Map.of("attic.Jsr", withSubroutine())));
        Map<Integer, WeaveFixture.RecordingTap> taps = new TreeMap<>();
        for (int line : new int[] {11, 13, 14, 15, 16, 17}) {
            taps.put(line, fixture.set("{id: j" + line + ", at: 'attic.Jsr:" + line + "', log: '{text} {sum}'}"));
        }

        assertThat(made.call("attic.Jsr", "run")).isEqualTo(16);

        Map<Integer, List<String>> events = new LinkedHashMap<>();
        taps.forEach((line, tap) -> events.put(line, tap.events));
        assertThat(events)
                .containsEntry(11, List.of("text|5"))
                .containsEntry(13, List.of("text|6"))
                .containsEntry(14, List.of("text|6"))
                .containsEntry(15, List.of("text|16"))
                .containsEntry(16, List.of("text|16"))
                .containsEntry(17, List.of("text|16"));
    }

    @Test
    void library_everyLineOfAClassProbed_behavesAsBefore() {
        String before = use();
        LinesReply reply = fixture.weaver.lines("request", "instance", StringUtils.class.getName());
        List<ArmedProbe> probes = new ArrayList<>();
        WeaveFixture.RecordingTap tap = new WeaveFixture.RecordingTap();
        reply.lines().stream()
                .map(LinesReply.Line::line)
                .distinct()
                .forEach(line -> probes.add(WeaveFixture.armed(
                        "{id: s" + line + ", at: 'org.apache.commons.lang.StringUtils:" + line + "', count: hits}",
                        tap)));
        String capitalize = reply.lines().stream()
                .filter(line -> line.method().startsWith("capitalize("))
                .findFirst()
                .map(line -> "{id: c, at: 'org.apache.commons.lang.StringUtils:" + line.line() + "', log: '{str}'}")
                .orElseThrow();
        fixture.weaver.apply(probes, List.of());
        var capitalized = fixture.set(capitalize);

        assertThat(use()).isEqualTo(before);

        assertThat(probes).hasSizeGreaterThan(500);
        assertThat(probes)
                .allSatisfy(armed -> assertThat(
                                fixture.weaver.standing(armed.probe()).state())
                        .isEqualTo(ProbeState.INSTALLED));
        assertThat(tap.admitted).isGreaterThan(100);
        assertThat(capitalized.events).containsExactly("plumb line");
    }

    private static String use() {
        return String.join(
                "|",
                StringUtils.capitalize("plumb line"),
                StringUtils.replaceEach("one two three", new String[] {"one", "three"}, new String[] {"1", "3"}),
                StringUtils.center("mid", 20, "xy"),
                StringUtils.abbreviate("a rather long sentence", 12),
                String.valueOf(StringUtils.getLevenshteinDistance("kitten", "sitting")),
                StringUtils.join(StringUtils.splitByCharacterTypeCamelCase("aCamelCaseText12"), ','),
                StringUtils.difference("i am a machine", "i am a robot"));
    }

    /** What is worked out must agree with the stack maps of classes that have them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.fasterxml.jackson.core.json.ReaderBasedJsonParser",
                "com.fasterxml.jackson.core.json.UTF8StreamJsonParser",
                "org.yaml.snakeyaml.scanner.ScannerImpl",
                "org.yaml.snakeyaml.constructor.BaseConstructor",
                "org.apache.kafka.clients.consumer.internals.Fetcher",
                "org.objectweb.asm.ClassReader"
            })
    void frames_inferred_agreeWithStackMaps(String className) throws Exception {
        String resource = className.replace('.', '/');
        try (InputStream in = getClass().getClassLoader().getResourceAsStream(resource + ".class")) {
            List<String> differing = new ArrayList<>();
            new ClassReader(in)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public MethodVisitor visitMethod(
                                        int access, String name, String descriptor, String signature, String[] thrown) {
                                    return new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, thrown) {
                                        @Override
                                        public void visitEnd() {
                                            compare(resource, this, differing);
                                        }
                                    };
                                }
                            },
                            ClassReader.EXPAND_FRAMES);
            assertThat(differing).isEmpty();
        }
    }

    private static void compare(String owner, MethodNode method, List<String> differing) {
        MethodModel written = new MethodModel(new WrittenFrames(owner), method, SourceLines.of(null, null));
        MethodModel inferred = new MethodModel(new InferredFrames(owner), method, SourceLines.of(null, null));
        Variables expected = new Variables(owner, method, written);
        Variables found = new Variables(owner, method, inferred);
        for (int i = 0; i < written.size(); i++) {
            if (written.frame(i) == null || inferred.frame(i) == null) {
                continue;
            }
            boolean agrees = written.frame(i).height() == inferred.frame(i).height()
                    && expected.at(i).equals(found.at(i));
            if (!agrees) {
                differing.add(method.name + " " + i + ": " + expected.at(i) + " " + found.at(i));
            }
        }
    }
}
