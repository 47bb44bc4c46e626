package io.plumbline.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "production, production, true",
        "prod*, production, true",
        "prod*, *tion, true",
        "prod*, p*, true",
        "*, '', true",
        "'', '', true",
        "production, prod, false",
        "prod*, stag*, false",
        "*a, *b, false",
        "a*b, a*c, false",
        "shop.*.Ledger, shop.pay.Ledgers, false",
        "shop.*, *.Ledger, true"
    })
    void overlap(String one, String other, boolean expected) {
        assertThat(Glob.overlap(one, other)).isEqualTo(expected);
        assertThat(Glob.overlap(other, one)).isEqualTo(expected);
    }

    /** All patterns of up to three of a, b and *, against all texts of up to three letters and more. */
    @Test
    void overlap_isThatSomeTextMatchesBoth() {
        List<String> patterns = words("ab*", 3);
        List<String> texts = words("ab", 6);
        for (String one : patterns) {
            for (String other : patterns) {
                boolean found = texts.stream().anyMatch(text -> Glob.matches(one, text) && Glob.matches(other, text));

                assertThat(Glob.overlap(one, other)).as(one + " and " + other).isEqualTo(found);
            }
        }
    }

    private static List<String> words(String letters, int length) {
        List<String> words = new ArrayList<>(List.of(""));
        for (int i = 0; i < words.size(); i++) {
            for (int j = 0; j < letters.length() && words.get(i).length() < length; j++) {
                words.add(words.get(i) + letters.charAt(j));
            }
        }
        return words;
    }
}
