package io.plumbline.config.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.config.expression.Expression.Literal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {

    private static ExpressionException error(String text) {
        return catchThrowableOfType(ExpressionException.class, () -> Code.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "a + b * c -> (a + (b * c))",
                "a * b + c -> ((a * b) + c)",
                "a - b - c -> ((a - b) - c)",
                "a / b % c -> ((a / b) % c)",
                "a << b + c -> (a << (b + c))",
                "a < b == c > d -> ((a < b) == (c > d))",
                "a & b ^ c | d -> (((a & b) ^ c) | d)",
                "a | b && c -> ((a | b) && c)",
                "a || b && c -> (a || (b && c))",
                "a == b & c -> ((a == b) & c)",
                "a >>> b >> c -> ((a >>> b) >> c)",
                "a ? b : c ? d : e -> (a ? b : (c ? d : e))",
                "a ? b ? c : d : e -> (a ? (b ? c : d) : e)",
                "a || b ? c : d -> ((a || b) ? c : d)",
                "!a && b -> ((!a) && b)",
                "-a * b -> ((-a) * b)",
                "- -a -> (-(-a))",
                "!a.b -> (!a.b)",
                "-a[0] -> (-a[0])",
                "~a + +b -> ((~a) + (+b))",
                "a instanceof B && c -> ((a instanceof B) && c)",
                "a instanceof b.C == d -> ((a instanceof b.C) == d)",
                "a + b instanceof C -> ((a + b) instanceof C)",
                "a instanceof int[] -> (a instanceof int[])",
                "(a) -> a",
                "(a) + b -> (a + b)",
                "(a) - b -> (a - b)",
                "(int) - b -> ((int) (-b))",
                "(A) b -> ((A) b)",
                "(a.B) c.d -> ((a.B) c.d)",
                "((A) b).c -> ((A) b).c",
                "(A) b + c -> (((A) b) + c)",
                "(A) (b + c) -> ((A) (b + c))",
                "(A) !b -> ((A) (!b))",
                "(a)[0] -> a[0]",
                "(a).b -> a.b",
                "(A[]) b -> ((A[]) b)",
                "(A) null -> ((A) null)",
                "(a) instanceof B -> (a instanceof B)",
                "a < b -> (a < b)",
                "a.b.c(d, e)[f].g() -> a.b.c(d, e)[f].g()",
                "size() -> this.size()",
                "$thread + $trace -> ($thread + $trace)",
                "a$b -> a$b",
            })
    void parse_precedence(String text, String tree) {
        assertThat(Printer.print(Code.parse(text).expression())).isEqualTo(tree);
    }

    @Test
    void parse_literals() {
        assertThat(value("1_000")).isEqualTo(1_000);
        assertThat(value("0x_f".replace("_", ""))).isEqualTo(15);
        assertThat(value("0xFFFFFFFF")).isEqualTo(-1);
        assertThat(value("0b101")).isEqualTo(5);
        assertThat(value("10L")).isEqualTo(10L);
        assertThat(value("0xFFl")).isEqualTo(255L);
        assertThat(value("1.5")).isEqualTo(1.5);
        assertThat(value(".5")).isEqualTo(.5);
        assertThat(value("1.")).isEqualTo(1.0);
        assertThat(value("1e3")).isEqualTo(1e3);
        assertThat(value("1.5e-3f")).isEqualTo(1.5e-3f);
        assertThat(value("2f")).isEqualTo(2f);
        assertThat(value("2d")).isEqualTo(2d);
        assertThat(value("'\\''")).isEqualTo('\'');
        assertThat(value("'\\u0041'")).isEqualTo('A');
        assertThat(value("\"\\t\\\\\\\"\"")).isEqualTo("\t\\\"");
        assertThat(value("-2147483648")).isEqualTo(Integer.MIN_VALUE);
        assertThat(value("-9223372036854775808L")).isEqualTo(Long.MIN_VALUE);
        assertThat(value("null")).isNull();
        assertThat(value("true")).isEqualTo(true);
    }

    private static Object value(String text) {
        return ((Literal) Code.parse(text).expression()).value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "total = 100 § 7 § '=' would assign, and expressions change nothing; '==' compares",
                "a += 1 § 3 § assignments are not taken: expressions change nothing",
                "i++ § 2 § '++' would change a variable, and expressions change nothing",
                "--i § 1 § '--' would change a variable, and expressions change nothing",
                "new Order() § 1 § 'new' is not taken: expressions create no objects",
                "x -> x § 3 § lambdas are not taken",
                "a.map(x -> x) § 9 § lambdas are not taken",
                "Order::id § 6 § method references are not taken",
                "a; § 2 § one expression only, without ';'",
                "'text' § 1 § single quotes hold one character; write a text in double quotes: \"text\"",
                "a + \"open § 5 § the closing \" is missing",
                "\"a\\q\" § 3 § unknown escape '\\q'; known are \\n \\t \\r \\b \\f \\0 \\\" \\' \\\\ \\uXXXX",
                "\"\\u12\" § 2 § \\u needs four hexadecimal digits",
                "a + § 4 § the expression ends too early",
                "a + * b § 5 § unexpected '*'",
                "(a § 3 § expected ')', found the end",
                "a[1 § 4 § expected ']', found the end",
                "a[1) § 4 § expected ']', found ')'",
                "a ? b § 6 § expected ':', found the end",
                "a.5 § 2 § unexpected '.5'",
                "a. § 3 § expected the name of a field or method, found the end",
                "a b § 3 § unexpected 'b'",
                "a # b § 3 § unexpected character '#'",
                "3000000000 § 1 § too large for its type; append L for a long",
                "2147483648 § 1 § too large for its type; append L for a long",
                "9223372036854775808L § 1 § too large for its type; append L for a long",
                "-(2147483648) § 3 § too large for its type; append L for a long",
                "1 - 2147483648 § 5 § too large for its type; append L for a long",
                "010 § 1 § a number with a 0 in front is octal in Java; write it without, or as 0x…",
                "12abc § 3 § unexpected 'a' in a number",
                "a instanceof List<String> § 18 § type arguments are gone at run time; write the bare type List",
                "a instanceof § 13 § expected the name of a type, found the end",
            })
    void parse_error_hasColumnAndRemedy(String text, int column, String problem) {
        ExpressionException error = error(text);

        assertThat(error.problem()).isEqualTo(problem);
        assertThat(error.column()).isEqualTo(column);
        assertThat(error).hasMessageContaining("\n  " + text + "\n  " + " ".repeat(column - 1) + "^");
    }

    @Test
    void parse_empty_saysSo() {
        assertThat(error("  ").problem()).isEqualTo("an expression is missing");
    }

    @Test
    void parse_tooLong_saysSo() {
        assertThat(error("a".repeat(2_049)).problem()).isEqualTo("longer than 2048 characters: 2049");
    }

    @Test
    void parse_tooDeep_saysSo() {
        assertThat(error("(".repeat(65) + "a" + ")".repeat(65)).problem()).isEqualTo("nested deeper than 64 levels");
        assertThat(error("!".repeat(65) + "a").problem()).isEqualTo("nested deeper than 64 levels");
        Code.parse("(".repeat(60) + "a" + ")".repeat(60));
    }

    @Test
    void parse_longChain_isTaken() {
        Code.parse("a" + "+a".repeat(1_000));
        Code.parse("a" + ".b".repeat(1_000));
    }

    @Test
    void code_equalsByText() {
        assertThat(Code.parse("a+b")).isEqualTo(Code.parse("a+b")).isNotEqualTo(Code.parse("a + b"));
        assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> Code.parse(null));
    }
}
