package io.plumbline.config.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    @Test
    void parse_textAndHoles() {
        Template template = Template.parse("order {id} costs { total * 2 } EUR");

        assertThat(template.literals()).containsExactly("order ", " costs ", " EUR");
        assertThat(template.holes()).extracting(Code::text).containsExactly("id", " total * 2 ");
        assertThat(template.text()).isEqualTo("order {id} costs { total * 2 } EUR");
    }

    @Test
    void parse_doubledBraces_standForThemselves() {
        Template template = Template.parse("{{{x}}} }}{{");

        assertThat(template.literals()).containsExactly("{", "} }{");
        assertThat(template.holes()).hasSize(1);
    }

    @Test
    void parse_bracesInQuotes_belongToTheHole() {
        Template template = Template.parse("{s == \"}\" ? '}' : '{'}{\"\\\"}\"}!");

        assertThat(template.holes()).extracting(Code::text).containsExactly("s == \"}\" ? '}' : '{'", "\"\\\"}\"");
        assertThat(template.literals()).containsExactly("", "", "!");
    }

    @Test
    void parse_noHoles_isOneLiteral() {
        assertThat(Template.parse("").literals()).containsExactly("");
        assertThat(Template.parse("it's").literals()).containsExactly("it's");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "a {b § 3 § this '{' is never closed; write '{{' for the brace itself",
                "a } b § 3 § '}' closes nothing; write '}}' for the brace itself",
                "a {} b § 3 § the braces are empty; write '{{' for the brace itself",
                "a { } b § 3 § the braces are empty; write '{{' for the brace itself",
                "ab {c +} d § 8 § the expression ends too early",
                "ab {x = 1} § 7 § '=' would assign, and expressions change nothing; '==' compares",
                "{\"open} § 1 § this '{' is never closed; write '{{' for the brace itself",
            })
    void parse_error_hasColumnInTheTemplate(String text, int column, String problem) {
        var error = catchThrowableOfType(ExpressionException.class, () -> Template.parse(text));

        assertThat(error.problem()).isEqualTo(problem);
        assertThat(error.column()).isEqualTo(column);
    }

    @Test
    void parse_overTheBounds_saysSo() {
        var holes = catchThrowableOfType(ExpressionException.class, () -> Template.parse("{a}".repeat(33)));
        var length = catchThrowableOfType(ExpressionException.class, () -> Template.parse("a".repeat(8_193)));

        assertThat(holes.problem()).isEqualTo("more than 32 holes in one template");
        assertThat(length.problem()).isEqualTo("longer than 8192 characters: 8193");
    }
}
