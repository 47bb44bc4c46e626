package io.plumbline.pipeline.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.config.probe.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed means what the probe meant, or says that it does not. */
final class PromotionTest {
    private static final String SOURCE = """
            package shop;

            import java.io.IOException;

            @SuppressWarnings({"unused"})
            class Cart {
                private final Box box = new Box();

                Cart() {
                    super();
                }

                int sum(int[] all) throws IOException {
                    int sum = 0;
                    for (int one : all) {
                        sum += one;
                    }
                    if (sum > 9)
                        sum = 9;
                    try {
                        sum = Math.max(sum,
                                box.size);
                    } catch (IllegalStateException odd) {
                    }
                    if (sum < 0) {
                        throw new IOException("x");
                    }
                    return sum;
                }
            }

            class Box {
                int size;
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.b == "x"          | Objects.equals(a.b, "x")        | NullPointerException
            a != b              | a != b                          | for texts write Objects.equals
            a > 1 && b == 2     | (a > 1) && (b == 2)             |
            x.find("a+")        | Pattern.compile("a+").matcher(x).find() | NullPointerException
            $mdc.get("user")    | MDC.get("user")                 |
            $thread             | Thread.currentThread().getName() |
            $return             | $return                         | Java has no $return
            $duration > 5       | $duration > 5                   | Java has no $duration
            user.password       | user.password                   | the agent hides 'password'
            (Gold) tier         | (Gold) tier                     | ClassCastException
            a / b               | a / b                           | division by zero
            (a + b) * -c        | (a + b) * (-c)                  |
            Limits.MAX          | Limits.MAX                      |
            list.get(0)         | list.get(0)                     | may be thrown
            """)
    void anExpression_isTranslated_orMarked(String expression, String java, String remark) {
        Snippet snippet = promote("at: shop.Cart:1\nlog: 'v {" + expression + "} {1}'\n");

        assertThat(snippet.lines()).containsExactly("PLUMBED_LOG.info(\"v {} {}\", " + java + ", 1);");
        List<String> own = snippet.remarks().stream()
                .filter(said -> !said.contains("toString()"))
                .toList();
        if (remark == null) {
            assertThat(own).isEmpty();
        } else {
            assertThat(own).anyMatch(said -> said.contains(remark));
        }
    }

    @Test
    void aLog_keepsBraces_level_condition_andAThrownLastValue() {
        Snippet snippet = promote("at: shop.Cart:1\nif: n > 1\nlog: {template: '{{}} \"{n}\" {e}', level: warn}\n");

        assertThat(snippet.imports()).containsExactly("org.slf4j.Logger", "org.slf4j.LoggerFactory");
        assertThat(snippet.fields())
                .containsExactly("private static final Logger PLUMBED_LOG = LoggerFactory.getLogger(Cart.class);");
        assertThat(snippet.lines())
                .containsExactly(
                        "if (n > 1) {", "    PLUMBED_LOG.warn(\"\\\\{} \\\"{}\\\" {}\", n, String.valueOf(e));", "}");
    }

    @Test
    void metrics_areOfTheLibraryThatHasThem() {
        assertThat(promote("at: shop.Cart:1\ncount: shop.orders\n").lines())
                .containsExactly("SHOP_ORDERS.increment();");
        assertThat(promote("at: shop.Cart:1\ngauge: {name: left, value: n, labels: {a: b}}\n")
                        .imports())
                .contains("io.opentelemetry.api.metrics.DoubleGauge");
        Probe count = PromotedSources.probe("at: shop.Cart:1\ncount: a\n");
        assertThatThrownBy(() -> Promotion.of(count, "Cart", Library.SLF4J, Scope.UNKNOWN))
                .hasMessage(
                        "a count like this is promoted by micrometer or opentelemetry; ask for --as micrometer, or leave --as out");
        Probe both = PromotedSources.probe("at: shop.Cart:1\nlog: a\ncount: b\n");
        assertThat(Promotion.of(both, "Cart", Library.OPENTELEMETRY, Scope.UNKNOWN)
                        .lines())
                .containsExactly("PLUMBED_LOG.info(\"a\");", "B.add(1);");
        Probe log = PromotedSources.probe("at: shop.Cart:1\nlog: a\n");
        assertThatThrownBy(() -> Promotion.of(log, "Cart", Library.MICROMETER, Scope.UNKNOWN))
                .hasMessageContaining("a log like this is promoted by slf4j; ask for --as slf4j");
    }

    @Test
    void aSpan_isTwoSnippetsAPair() {
        Probe probe = PromotedSources.probe(
                "id: s\nspan: {points: {A: 'shop.Cart:1', B: {at: 'shop.Box:2', if: x, attributes: {n: n}}}}\n");

        assertThat(SpanSnippets.of(probe)).hasSize(2);
        assertThat(SpanSnippets.of(probe).get("shop.Box:2, where A->B ends").commented())
                .containsExactly(
                        "// TODO check: the probe took only hits where x; write it as an if of your own",
                        "spanAB.setAttribute(\"B.n\", String.valueOf(n));",
                        "spanAB.end();");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            :14                      |         int sum = 0;
            :15                      |         for (int one : all) {
            :16                      |             sum += one;
            '#sum:28'                |         return sum;
            '#sum'                   |         int sum = 0;
            :catch                   |         }
            :catch(IllegalStateException) |    }
            :throw                   |             throw new IOException("x");
            """)
    void aLine_standsBeforeItsStatement_andCompiles(String spot, String next) throws Exception {
        PromotedSources sources = PromotedSources.of(folder, "shop/Cart.java", SOURCE);
        SourcePatch patch = sources.patch(PromotedSources.probe("at: 'shop.Cart" + spot + "'\nlog: here\n"), null);

        sources.apply("shop/Cart.java", patch);

        assertThat(sources.compile()).isEmpty();
        List<String> lines = Files.readAllLines(folder.resolve("shop/Cart.java"));
        int at = lines.stream().map(String::strip).toList().indexOf("PLUMBED_LOG.info(\"here\");");
        assertThat(lines.get(at + 1).strip()).isEqualTo(next.strip());
        assertThat(patch.diff()).startsWith("--- a/shop/Cart.java\n+++ b/shop/Cart.java\n@@ ");
        assertThat(patch.diff().contains("every round of the loop")).isEqualTo(spot.equals(":15"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a}\n}\n", "a}\n}", "a}\r\n}\r\n", "a}\r\n}", "a}\n}\n\n\n\n\n"})
    void aDiff_atAFilesEnd_applies_whateverItsLineEnds(String end) throws Exception {
        String newLine = end.contains("\r\n") ? "\r\n" : "\n";
        String text = "class Small {" + newLine + "    void a() {" + newLine + "        notify();" + newLine
                + end.substring(1);
        PromotedSources sources = PromotedSources.of(folder, "Small.java", text);

        sources.apply("Small.java", sources.patch(PromotedSources.probe("at: Small:3\nlog: here\n"), null));

        assertThat(sources.compile()).isEmpty();
        assertThat(Files.readString(folder.resolve("Small.java"))).endsWith(end.substring(1));
    }

    @ParameterizedTest
    @CsvSource({
        ":7, no statement begins at",
        ":10, no statement begins at",
        ":19, no statement begins at",
        ":22, no statement begins at",
        ":99, no statement begins at",
        "#sum:exit, can't be placed",
        "#<init>, no statement begins at",
        ":catch(Error), no statement begins at"
    })
    void aLine_thatCannotBePlaced_saysSo(String spot, String why) throws IOException {
        PromotedSources sources = PromotedSources.of(folder, "shop/Cart.java", SOURCE);
        Probe probe = PromotedSources.probe("at: 'shop.Cart" + spot + "'\nlog: here\n");

        assertThatThrownBy(() -> sources.patch(probe, null)).hasMessageContaining(why);
    }

    private static Snippet promote(String yaml) {
        return Promotion.of(PromotedSources.probe(yaml), "Cart", null, Scope.UNKNOWN);
    }
}
