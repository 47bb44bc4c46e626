package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.LinesReply;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kotlin.text.StringsKt;
import org.apache.jasper.JspC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of languages whose compilers tell by a source map where code is from. */
class SourceMapTest {
    private static final String KOTLIN = """
            SMAP
            Strings.kt
            Kotlin
            *S Kotlin
            *F
            + 1 Strings.kt
            kotlin/text/StringsKt
            + 2 _Collections.kt
            kotlin/collections/CollectionsKt
            *L
            1#1,100:1
            78#1,22:101
            1634#2,3:123
            7#2:130
            *S KotlinDebug
            *F
            + 1 Strings.kt
            kotlin/text/StringsKt
            *L
            14#1:123,3
            *E
            """;

    private final WeaveFixture fixture = new WeaveFixture();

    @AfterEach
    void restore() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, '', 1",
        "100, '', 100",
        "101, '', 78",
        "122, '', 99",
        "123, _Collections.kt, 1634",
        "125, _Collections.kt, 1636",
        "126,, 126",
        "130, _Collections.kt, 7",
        "131,, 131"
    })
    void code_kotlin_standsForFileAndLine(int raw, String file, int line) {
        SourceLines source = SourceLines.of("Strings.kt", KOTLIN);

        int code = source.code(raw);

        assertThat(source.file(code)).isEqualTo(file);
        assertThat(SourceLines.line(code)).isEqualTo(line);
        assertThat(source.files()).containsExactly("Strings.kt", "_Collections.kt");
    }

    /** Several lines of generated Java stand for one of the page; SourceFile is the generated one. */
    @Test
    void code_jsp_increments() {
        SourceLines source = SourceLines.of(
                "index_jsp.java",
                "SMAP\nindex_jsp.java\nJSP\n*S JSP\n*F\n+ 0 index.jsp\nindex.jsp\n*L\n3,2:50,4\n5:70\n*E\n");

        assertThat(source.ownFile()).isEqualTo("index.jsp");
        assertThat(List.of(50, 53, 54, 57).stream()
                        .map(raw -> SourceLines.line(source.code(raw)))
                        .toList())
                .containsExactly(3, 3, 4, 4);
        assertThat(source.file(source.code(49))).isNull();
        assertThat(source.file(source.code(58))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SMAP",
                "no map",
                "SMAP\nA.kt\nKotlin\n",
                "SMAP\nA.kt\nKotlin\n*S Kotlin\n*F\n*L\n1:1\n*E",
                "SMAP\nA.kt\nKotlin\n*S Kotlin\n*F\nx y\n*L\n1:1\n*E",
                "SMAP\nA.kt\nKotlin\n*S Kotlin\n*F\n+ 1 A.kt\nA\n*L\n99999999999:1\n*E",
                "SMAP\nA.kt\nKotlin\n*S Other\n*F\n+ 1 A.kt\nA\n*L\n5:1\n*E"
            })
    void code_mapThatIsNone_linesAreTheirOwn(String debug) {
        SourceLines source = SourceLines.of("A.kt", debug);

        assertThat(source.code(1)).isEqualTo(1);
        assertThat(source.file(1)).isEmpty();
    }

    private static List<String> split() {
        return StringsKt.split("a,b,c", new String[] {",", ";"}, false, 0);
    }

    /** The body of an inline function, copied into its caller. */
    @Test
    void kotlin_inlinedLines_areHitInTheCaller() {
        split();
        String type = "kotlin.text.StringsKt__StringsKt";
        int add = fixture.weaver.lines("r", "i", type).lines().stream()
                .filter(line -> line.file().equals("_Collections.kt"))
                .filter(line -> line.method().startsWith("split(Ljava/lang/CharSequence;[Ljava/lang/String;"))
                .filter(line -> line.variables().stream().anyMatch(variable -> variable.startsWith("item$iv")))
                .mapToInt(LinesReply.Line::line)
                .findFirst()
                .orElseThrow();
        String yaml = "{id: p, at: '_Collections.kt#split:" + add + "', count: hits}";
        var tap = fixture.set(yaml);
        // only a class that loads from now on is found by a file that it is not named after
        assertThat(fixture.standing(yaml).sites()).isEmpty();
        fixture.weaver.apply(
                List.of(WeaveFixture.armed("{id: q, at: '" + type + ":78', count: hits}", tap)), List.of());
        split();
        assertThat(fixture.standing(yaml).sites()).hasSize(2);
        assertThat(tap.admitted).isEqualTo(3);
    }

    @Test
    void jsp_lines_areThePages(@TempDir Path folder) throws Exception {
        Path pages = Files.createDirectories(folder.resolve("pages"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(pages.resolve("index.jsp"), """
                <%! public static int total(int n) {
                    int sum = 0;
                    for (int i = 0; i < n; i++) {
                        sum += i;
                    }
                    return sum;
                } %>
                <html><%= total(3) %></html>
                """);
        JspC compiler = new JspC();
        compiler.setUriroot(pages.toString());
        compiler.setOutputDir(classes.toString());
        compiler.setJspFiles("index.jsp");
        compiler.setCompile(true);
        compiler.setSmapSuppressed(false);
        compiler.setClassDebugInfo(true);
        compiler.execute();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, SourceMapTest.class.getClassLoader())) {
            var tap = fixture.set("{id: p, at: 'index.jsp:4', log: '{i} {sum}'}");
            Class<?> page = Class.forName("org.apache.jsp.index_jsp", true, loader);

            assertThat(page.getMethod("total", int.class).invoke(null, 3)).isEqualTo(3);

            assertThat(tap.events).containsExactly("0|0", "1|0", "2|1");
        }
    }
}
