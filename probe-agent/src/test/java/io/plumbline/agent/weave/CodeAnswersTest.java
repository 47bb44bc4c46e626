package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.ClassFileReply;
import io.plumbline.config.wire.ClassesReply;
import io.plumbline.config.wire.ClassesReply.Found;
import io.plumbline.config.wire.CodeRequest;
import io.plumbline.config.wire.CodeRequest.Question;
import io.plumbline.config.wire.GzippedText;
import io.plumbline.config.wire.ScopeReply;
import io.plumbline.config.wire.ScopeReply.Name;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;

/** What an agent answers that is asked about code. */
class CodeAnswersTest {
    private static final String CLASS = "bakery.BreadOven";
    private static final String SOURCE = """
            package bakery;
            public final class BreadOven extends Base {
                private static int fired = 1;
                private final String cardNumber = "4711";
                private Loaf last = new Loaf(3, "rye");
                public static void run() { new BreadOven().bake(new Loaf(2, "wheat"), "pw"); }
                int bake(Loaf loaf, String password) {
                    int grams = loaf.grams() + fired;
                    return java.util.List.of(grams).stream().mapToInt(each -> each + heat).sum();
                }
                String fail(int count) {
                    try {
                        return "x".repeat(count);
                    } catch (IllegalArgumentException wrong) {
                        return wrong.getMessage();
                    }
                }
            }
            class Base { protected int heat = 200; }
            record Loaf(int grams, String flour) {
                int twice() { return grams * 2; }
                int loud() { System.out.println(grams); return grams; }
                int secretPin() { return 1; }
                static final class Crumb {}
            }
            """;

    private static Compiled program;

    @TempDir
    static Path folder;

    private final WeaveFixture fixture = new WeaveFixture();

    @BeforeAll
    static void load() throws ReflectiveOperationException {
        program = new Compiled(CLASS, SOURCE, "-g");
        program.call(CLASS, "run");
        Class.forName("bakery.Loaf$Crumb", true, program);
    }

    @AfterEach
    void restore() {
        fixture.close();
    }

    private <T> T ask(Question question, Class<T> type) {
        return type.cast(fixture.weaver.answer(new CodeRequest("1", "here", question)));
    }

    private ClassesReply classes(String query, int limit) {
        return ask(new CodeRequest.Classes(query, limit), ClassesReply.class);
    }

    private ScopeReply scope(String at, String path) {
        ScopeReply reply = ask(new CodeRequest.Scope(at, path), ScopeReply.class);
        assertThat(ScopeReply.parse(reply.json())).isEqualTo(reply);
        return reply;
    }

    @Test
    void classes_areFoundByHumps_andNestedOnesInTheirOuter() {
        assertThat(classes("BrOv", 5).classes())
                .containsExactly(new Found(CLASS, "", "bakery", "class", "own", false, "", ""));
        Found loaf = classes("bakery.crumb", 5).classes().get(0);
        assertThat(loaf.name()).isEqualTo("bakery.Loaf");
        assertThat(loaf.match()).isEqualTo("bakery.Loaf$Crumb");
        assertThat(loaf.kind()).isEqualTo("record");
        assertThat(classes("BreadOven.java", 5).classes()).hasSize(1);
        assertThat(classes("noSuchThingAtAll", 5).count()).isZero();
    }

    @Test
    void classes_ownComeFirst_andTheJdksOnlyWithTheirPackage() {
        ClassesReply reply = classes("ClassReader", 3);
        assertThat(reply.classes()).extracting(Found::name).contains(ClassReader.class.getName());
        assertThat(classes("ArrayList", 200).classes()).extracting(Found::name).doesNotContain("java.util.ArrayList");
        Found jdk = classes("java.util.ArrayList", 1).classes().get(0);
        assertThat(jdk)
                .isEqualTo(
                        new Found("java.util.ArrayList", "ArrayList.java", "java.util", "class", "jdk", false, "", ""));
        ClassesReply own = classes("", 1_000);
        assertThat(own.classes()).allMatch(each -> each.origin().equals("own"));
        assertThat(own.classes()).extracting(Found::name).contains(CLASS).noneMatch(name -> name.contains("$$Lambda"));
        assertThat(classes("", 2).count()).isGreaterThanOrEqualTo(own.count()).isGreaterThan(2);
        assertThat(classes("", 2).classes()).hasSize(2);
    }

    @Test
    void classes_ofSeveralLoaders_nameThem() throws ReflectiveOperationException {
        Compiled other = new Compiled(
                getClass().getClassLoader(), Compiled.compile("bakery.Twin", "package bakery; class Twin {}"));
        Compiled another = new Compiled(
                getClass().getClassLoader(), Compiled.compile("bakery.Twin", "package bakery; class Twin {}"));
        Class.forName("bakery.Twin", true, other);
        Class.forName("bakery.Twin", true, another);

        assertThat(classes("bakery.Twin", 9).classes())
                .hasSize(2)
                .allMatch(each -> each.loader().equals("compiled"));
    }

    @Test
    void scope_hasVariablesFieldsStatics_andWhatIsInThem() {
        ScopeReply reply = scope(CLASS + ":9", "");

        Map<String, Name> names =
                reply.names().stream().collect(java.util.stream.Collectors.toMap(Name::name, name -> name));
        assertThat(reply.sites())
                .hasSize(2)
                .first()
                .asString()
                .isEqualTo(CLASS + "#bake(bakery.Loaf, java.lang.String)");
        assertThat(names.get("loaf").kind()).isEqualTo("parameter");
        assertThat(names.get("loaf").only()).containsExactly(reply.sites().get(0));
        assertThat(names.get("grams"))
                .isEqualTo(new Name(
                        "grams", "int", "local", false, names.get("loaf").only()));
        assertThat(names.get("each").only()).containsExactly(reply.sites().get(1));
        assertThat(names.get("heat")).isEqualTo(new Name("heat", "int", "field", false));
        assertThat(names.get("fired").kind()).isEqualTo("static");
        assertThat(names.get("this").type()).isEqualTo(CLASS);
        assertThat(names.get("password").redacted()).isTrue();
        assertThat(names.get("cardNumber").redacted()).isTrue();
        assertThat(reply.members().get("bakery.Loaf"))
                .contains(
                        new Name("grams", "int", "component", false),
                        new Name("flour", "java.lang.String", "component", false));
    }

    @Test
    void scope_atMoments_hasWhatIsThere() {
        assertThat(scope(CLASS + "#bake:exit", "").names())
                .extracting(Name::name)
                .contains("$return", "$duration", "loaf")
                .doesNotContain("$exception");
        assertThat(scope(CLASS + "#fail:catch", "").names())
                .extracting(Name::name)
                .contains("$exception");
    }

    @Test
    void scope_ofAPath_hasMembers_andMethodsThatChangeNothing() {
        ScopeReply reply = scope(CLASS + ":9", "this.last");
        assertThat(reply.type()).isEqualTo("bakery.Loaf");
        assertThat(reply.names())
                .extracting(Name::name)
                .contains("grams", "flour")
                .doesNotContain("loud()");
        assertThat(scope(CLASS + ":9", "loaf.flour").names())
                .contains(
                        new Name("length()", "int", "method", false),
                        new Name("substring(int, int)", "java.lang.String", "method", false));
        ScopeReply wrong = scope(CLASS + ":9", "loaf.weight");
        assertThat(wrong.problem()).contains("has no field 'weight'");
        assertThat(wrong.column()).isEqualTo(6);
        assertThat(scope(CLASS + ":9", "loaf.").column()).isPositive();
        assertThat(scope(CLASS + ":9", "password").problem()).contains("hidden by redaction");
    }

    @Test
    void scope_ofAClassWithAFile_hasItsMethods() throws IOException, ReflectiveOperationException {
        Map<String, byte[]> classes =
                Compiled.compile("mill.Mill", SOURCE.replace("bakery", "mill").replace("BreadOven", "Mill"), "-g");
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Path file = folder.resolve(each.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            Class.forName("mill.Mill", true, loader).getMethod("run").invoke(null);
            ScopeReply reply = scope("mill.Mill:9", "loaf");
            for (int i = 0; i < 50 && !reply.names().toString().contains("twice()"); i++) {
                reply = scope("mill.Mill:9", "loaf"); // proofs are kept, each question has time for some
            }
            assertThat(reply.names())
                    .extracting(Name::name)
                    .contains("grams", "grams()", "twice()")
                    .doesNotContain("loud()");
            assertThat(reply.names()).contains(new Name("secretPin()", "int", "method", true));
            assertThat(classes("mill.Mill", 1).classes().get(0).file()).isEqualTo("Mill.java");
        }
    }

    @Test
    void scope_nothingThere_saysWhy() {
        assertThat(scope(CLASS + ":1", "").problem()).contains("no code at line 1", "nearest");
        assertThat(scope("bakery.BreadOvens:1", "").problem()).contains("no class bakery.BreadOvens is loaded", CLASS);
    }

    @Test
    void classFile_isTheOriginal_withThoseNestedInIt() {
        fixture.set("{id: there, at: '" + CLASS + "#bake:entry', count: n}");

        ClassFileReply reply = ask(new CodeRequest.ClassFile("bakery.Loaf", true), ClassFileReply.class);
        assertThat(reply.files()).containsOnlyKeys("bakery.Loaf", "bakery.Loaf$Crumb");
        assertThat(reply.file()).isEqualTo("BreadOven.java");
        assertThat(ClassFileReply.parse(reply.json())).isEqualTo(reply);
        ClassFileReply oven = ask(new CodeRequest.ClassFile(CLASS, true), ClassFileReply.class);
        byte[] bytes = GzippedText.bytes(oven.files().get(CLASS), 1 << 20);
        assertThat(new ClassReader(bytes).getClassName()).isEqualTo("bakery/BreadOven");
        assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("plumbline");
        assertThat(ask(new CodeRequest.ClassFile(CLASS, false), ClassFileReply.class)
                        .files())
                .isEmpty();
    }

    @Test
    void classFile_ofWhatIsNotProbedOrHidden_isRefused() {
        for (String type : List.of("java.lang.String", "io.plumbline.agent.weave.Weaver", "bakery.Nothing")) {
            ClassFileReply reply = ask(new CodeRequest.ClassFile(type, true), ClassFileReply.class);
            assertThat(reply.problem()).as(type).isNotEmpty();
            assertThat(reply.files()).as(type).isEmpty();
        }
    }
}
