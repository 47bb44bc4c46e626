package io.plumbline.agent.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.cases.Values;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Regular expressions match as the JDK's and can't run away. */
class BoundedRegexTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "a+b § aaab § true",
                "a+b § xaaab § false",
                "[0-9]{3}-[0-9]{4} § 555-1234 § true",
                "(?i)order-\\d+ § ORDER-17 § true",
                "(?<year>\\d{4})-(?<month>\\d\\d) § 2024-05 § true",
                "(a)(b)?\\1 § aba § true",
                "(?=.*x)(?!.*y).* § abx § true",
                "\\Q(*\\E.* § (*abc § true",
                "[a-z&&[^bc]]+ § add § true",
                "(?:x|y)* § xyxy § true",
                "(GET|POST|PUT) /api/v[12]/.* § POST /api/v2/orders § true",
            })
    void matches_asTheJdk(String pattern, String text, boolean expected) {
        assertThat(BoundedRegex.of(pattern, true).matches(text)).isEqualTo(expected);
        assertThat(Pattern.matches(pattern, text)).isEqualTo(expected);
    }

    @Test
    void find_looksForAPart() {
        assertThat(BoundedRegex.of("b+", false).matches("abbc")).isTrue();
        assertThat(BoundedRegex.of("b+", false).matches("aac")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a|aa)+b", "(a|a)*b", "(x+x+)+y", "(.*a){12}b", "(a+)+\\1b"})
    void matches_catastrophicPattern_endsInAnError(String pattern) {
        String text = (pattern.contains("x") ? "x" : "a").repeat(3_000);

        assertThatIllegalStateException()
                .isThrownBy(() -> BoundedRegex.of(pattern, true).matches(text))
                .withMessageMatching("the pattern (takes more than 100000 steps for this text|needs more stack.*): .*");
    }

    @Test
    void matches_nestedQuantifier_endsOneWayOrTheOther() {
        // the JDK remembers where some loops failed; whether it gives up in time is its own affair
        try {
            assertThat(BoundedRegex.of("(a+)+b", true).matches("a".repeat(3_000)))
                    .isFalse();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("(a+)+b");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a?|b?){30}c",
                "(|){30}b",
                "(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)b",
                "((a?)?){30}b",
            })
    void pattern_thatBranchesOnNothing_isRefused(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BoundedRegex.of(pattern, true))
                .withMessageContaining("match nothing in too many ways");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "a( § not a pattern: Unclosed group",
                "[a § not a pattern: Unclosed character class",
                "(?x) a # b § a pattern with comments",
            })
    void pattern_wrong_saysWhy(String pattern, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BoundedRegex.of(pattern, true))
                .withMessageContaining(reason);
    }

    @Test
    void text_tooLong_isAnError() {
        assertThatIllegalStateException()
                .isThrownBy(() -> BoundedRegex.of("a*", true).matches("a".repeat(5_000)))
                .withMessageContaining("4096");
    }

    /** Any pattern that the JDK takes is either refused or read to its end, with the JDK's answer. */
    @Test
    void pattern_random_isReadToItsEnd() {
        Random random = new Random(17);
        String[] pieces = {
            "a", "b", "(", ")", "|", "*", "+", "?", "{2}", "{1,3}", "[ab]", "\\d", ".", "(?:", "(?=", "^", "$"
        };
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder pattern = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                pattern.append(pieces[random.nextInt(pieces.length)]);
            }
            taken += agrees(pattern.toString(), random) ? 1 : 0;
        }
        assertThat(taken).isGreaterThan(1_000);
    }

    private static boolean agrees(String pattern, Random random) {
        try {
            BoundedRegex regex = BoundedRegex.of(pattern, true);
            String text = "abab".substring(random.nextInt(4));
            assertThat(regex.matches(text)).as(pattern).isEqualTo(Pattern.matches(pattern, text));
            return true;
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s)(not a pattern|the pattern can match).*");
            return false;
        }
    }

    @Test
    void expression_overBudget_isAnErrorOfThatHit() {
        try (WeaveFixture fixture = new WeaveFixture()) {
            var tap = fixture.set(WeaveFixture.at(Values.class, "here", "if: 's.matches(\"(a|aa)+b\")', count: hits"));
            Values values = new Values();

            values.run(5, 10L, 1.5f, 2.5, 'x', "a".repeat(3_000), true);
            assertThat(tap.failure).isInstanceOf(IllegalStateException.class).hasMessageContaining("(a|aa)+b");
            values.run(5, 10L, 1.5f, 2.5, 'x', "aab", true);

            assertThat(tap.admitted).isEqualTo(1);
        }
    }
}
