package io.plumbline.config.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.settings.Settings;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Random texts with and without secrets in them. The seeds are fixed, so what fails fails again. */
class CleanRandomTest {
    private static final String[] ISSUERS = {
        "4", "51", "55", "2221", "2720", "34", "37", "36", "6011", "3528", "62", "50"
    };
    private static final String PLAIN = "abc XYZ,;:.-_{}[]()<>/\\'\"\n\t=&?#@…äß日\uD83D\uDE00*";

    private final Random random = new Random(20_261_123);
    private final Redaction redaction = Redaction.standard();

    @Test
    void clean_anyCardNumberAnywhere_leavesNotSevenDigitsOfIt() {
        for (int i = 0; i < 20_000; i++) {
            String number = card();
            String text = around() + grouped(number) + (random.nextBoolean() ? " " : "x") + around();

            String shown = redaction.clean(text);

            assertThat(shown).as(text).contains("***");
            assertThat(digits(shown)).as(text).doesNotContain(number.substring(0, 7));
        }
    }

    @Test
    void clean_cardNumberCutAnywhere_showsTheIssuerAtMost() {
        for (int i = 0; i < 20_000; i++) {
            String whole = grouped(card());
            String part = whole.substring(0, 1 + random.nextInt(whole.length()));

            String shown = redaction.clean("no " + part + "…");
            String told = redaction.clean("no " + part, true);

            assertThat(digits(shown).length()).as(part).isLessThanOrEqualTo(6);
            assertThat(digits(told).length()).as(part).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void clean_uuidsTimesAndFractions_areNeverTouched() {
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            untouched(UUID.nameUUIDFromBytes(bytes).toString());
            untouched(Double.toString(random.nextDouble()));
            untouched(Double.toString(random.nextDouble() * 10_000));
            untouched(Long.toString(1_600_000_000_000L + random.nextInt(Integer.MAX_VALUE) * 200L));
            untouched(Long.toString((1_600_000_000_000L + random.nextInt()) * 1_000_000 + random.nextInt(1_000_000)));
            untouched(java.time.Instant.ofEpochSecond(random.nextInt(), random.nextInt(999_999_999))
                    .toString());
        }
    }

    @Test
    void clean_tenThousandOrderIds_hidesAFewAtMost() {
        int hidden = 0;
        for (int i = 0; i < 10_000; i++) {
            long id = (random.nextLong() >>> 1) % 10_000_000_000_000_000L;
            hidden += redaction.clean("order " + id).contains("***") ? 1 : 0;
        }
        assertThat(hidden).isLessThan(1_000);
    }

    @Test
    void clean_anyText_isIdempotentAndBounded() {
        String[] seeds = {
            "password",
            "=",
            ":",
            "\"",
            "eyJabcdefghijk",
            ".",
            "-----BEGIN PRIVATE KEY-----",
            "-----END X-----",
            "://",
            "@",
            "Bearer ",
            "Basic QTpi",
            "4111",
            "1111 ",
            "***",
            "…",
            "{",
            "}",
            "ghp_",
            "token=",
            "\\",
            " ",
            "a",
            "Cookie: "
        };
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int parts = random.nextInt(12); parts >= 0; parts--) {
                text.append(seeds[random.nextInt(seeds.length)]);
            }
            String once = redaction.clean(text.toString(), random.nextBoolean());

            assertThat(redaction.clean(once).length()).as(text.toString()).isLessThanOrEqualTo(once.length() + 3);
            assertThat(redaction.secrets(text.toString())).isSortedAccordingTo((a, b) -> a.end() <= b.start() ? -1 : 1);
        }
    }

    @Test
    void clean_patternThatRunsAway_hidesTheWholeText() {
        Redaction own = with("a*a*a*a*a*a*b");

        assertThat(own.clean("a".repeat(40) + "!")).isEqualTo("***");
        assertThat(own.clean("nothing of it, baa ab")).isEqualTo("nothing of it, ***aa ***");
        assertThat(with("(?:x|y)*z").clean("xy".repeat(20_000))).isEqualTo("***");
    }

    private static Redaction with(String pattern) {
        return Redaction.of(Settings.of(Map.of("plumbline.redaction.patterns", pattern)));
    }

    private void untouched(String text) {
        assertThat(redaction.clean(text)).isSameAs(text);
    }

    private String card() {
        String issuer = ISSUERS[random.nextInt(ISSUERS.length)];
        int length = 13 + random.nextInt(7);
        StringBuilder number = new StringBuilder(issuer);
        while (number.length() < length - 1) {
            number.append(random.nextInt(10));
        }
        for (char check = '0'; check <= '9'; check++) {
            if (luhn(number.toString() + check)) {
                return number.append(check).toString();
            }
        }
        throw new IllegalStateException("no check digit for " + number);
    }

    /** Written another way than the code under test has it: from the left, by position. */
    private static boolean luhn(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = Character.digit(number.charAt(i), 10);
            boolean second = (number.length() - i) % 2 == 0;
            sum += second ? digit * 2 / 10 + digit * 2 % 10 : digit;
        }
        return sum % 10 == 0;
    }

    private String grouped(String number) {
        String separator = new String[] {"", " ", "-"}[random.nextInt(3)];
        StringBuilder grouped = new StringBuilder();
        for (int i = 0; i < number.length(); i++) {
            grouped.append(i > 0 && i % 4 == 0 ? separator : "").append(number.charAt(i));
        }
        return grouped.toString();
    }

    private String around() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            text.append(PLAIN.charAt(random.nextInt(PLAIN.length())));
        }
        return text.append(random.nextBoolean() ? " " : "x").toString();
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }
}
