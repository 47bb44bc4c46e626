package io.plumbline.config.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.config.settings.Settings;
import java.math.BigDecimal;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

    private static Redaction with(String... pairs) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put("plumbline.redaction." + pairs[i], pairs[i + 1]);
        }
        return Redaction.of(Settings.of(values));
    }

    @Test
    void hidesType_keyOfTheJdk_withItsSubclassesAndArrays() {
        Redaction redaction = Redaction.standard();

        assertThat(redaction.hidesType(PrivateKey.class)).isTrue();
        assertThat(redaction.hidesType(RSAPrivateKey.class)).isTrue();
        assertThat(redaction.hidesType(SecretKeySpec.class)).isTrue();
        assertThat(redaction.hidesType(SecretKey[][].class)).isTrue();
        assertThat(redaction.hidesType(String.class)).isFalse();
        assertThat(redaction.hidesType(Object.class)).isFalse();
        assertThat(redaction.hidesType(char[].class)).isFalse();
    }

    @Test
    void hidesType_ownClassAndPackage_withWhatExtendsThem() {
        Redaction redaction = with("types", "java.math.BigDecimal, java.util.concurrent.*");

        assertThat(redaction.hidesType(BigDecimal.class)).isTrue();
        assertThat(redaction.hidesType(new BigDecimal("1") {}.getClass())).isTrue();
        assertThat(redaction.hidesType(java.util.concurrent.atomic.AtomicInteger.class))
                .isTrue();
        assertThat(redaction.hidesType(Number.class)).isFalse();
        assertThat(redaction.refusal("amount", BigDecimal.class))
                .get()
                .asString()
                .contains("java.math.BigDecimal");
    }

    @Test
    void hides_revealed_not() {
        Redaction redaction = with("reveal-names", "iban pin", "reveal-types", "java.security.Key");

        assertThat(redaction.hides("iban", String.class)).isFalse();
        assertThat(redaction.hides("key", PrivateKey.class)).isFalse();
        assertThat(redaction.hides("password", String.class)).isTrue();
    }

    @Test
    void hides_allowMode_allButWhatIsListed() {
        Redaction redaction =
                with("mode", "allow", "allow-names", "order, order-id, pin", "allow-types", "int,java.time.*");

        assertThat(redaction.hides("order", Object.class)).isFalse();
        assertThat(redaction.hides("orderId", String.class)).isFalse();
        assertThat(redaction.hides("val$orderId", String.class)).isFalse();
        assertThat(redaction.hides("count", int.class)).isFalse();
        assertThat(redaction.hides("when", java.time.Instant.class)).isFalse();
        assertThat(redaction.hides("this", Object.class)).isFalse();
        assertThat(redaction.hides("orders", String.class)).isTrue();
        assertThat(redaction.hides("name", String.class)).isTrue();
        assertThat(redaction.hidesName("total")).isTrue();
        assertThat(redaction.hides("pin", int.class))
                .as("what is hidden stays hidden")
                .isTrue();
        assertThat(redaction.hides("order", PrivateKey.class)).isTrue();
        assertThat(redaction.refusal("name", String.class))
                .hasValue("'name' is hidden by redaction, for only what is"
                        + " allowed is read here and neither the name nor the type java.lang.String is; the agent's settings"
                        + " plumbline.redaction.allow-names and plumbline.redaction.allow-types allow more");
    }

    @Test
    void clean_ownPattern_isHiddenBesideTheOthers() {
        Redaction redaction = with("patterns", "\\bP-\\d{4}\\b|\\d{4} 1111");

        assertThat(redaction.clean("patient P-1234 paid 4111 1111 1111 1111")).isEqualTo("patient *** paid ***");
        assertThat(redaction.clean("patient Q-1234")).isEqualTo("patient Q-1234");
    }

    @Test
    void clean_ownName_countsInTextsToo() {
        assertThat(with("names", "salary").clean("{\"salary\":1200}")).isEqualTo("{\"salary\":***}");
        assertThat(Redaction.standard().clean("{\"salary\":1200}")).isEqualTo("{\"salary\":1200}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode | strict | plumbline.redaction.mode must be deny or allow: strict",
                "allow-names | a | plumbline.redaction.allow-names is for the mode allow; set plumbline.redaction.mode=allow,"
                        + " or leave it out",
                "allow-types | a.B | plumbline.redaction.allow-types is for the mode allow; set"
                        + " plumbline.redaction.mode=allow, or leave it out",
                "types | shop.* secret! | plumbline.redaction.types names classes in full, or packages, as in shop.Customer or"
                        + " shop.secrets.*; this is neither: secret!",
                "types | java.lang.Object | plumbline.redaction.types must leave texts and numbers to be read; for reading"
                        + " only what is listed there is plumbline.redaction.mode=allow: java.lang.Object",
                "types | java.io.Serializable | plumbline.redaction.types must leave texts and numbers to be read; for"
                        + " reading only what is listed there is plumbline.redaction.mode=allow: java.io.Serializable",
                "reveal-types | shop.Key | plumbline.redaction.reveal-types takes a class off the list of hidden ones; this is"
                        + " not on it: shop.Key",
                "patterns | a( | plumbline.redaction.patterns must be a regular expression of Java: Unclosed group at index 2"
                        + " of a(",
                "patterns | a* | plumbline.redaction.patterns must not find the empty text, for that is everywhere: a*",
            })
    void of_wrongValue_isRefusedWithItsKey(String key, String value, String message) {
        assertThatThrownBy(() -> with(key, value)).hasMessage(message);
    }

    @Test
    void of_revealedWordThatHidesNothing_isRefusedWithItsKey() {
        assertThatThrownBy(() -> with("reveal-names", "pasword"))
                .hasMessageStartingWith("plumbline.redaction.reveal-names: 'pasword' is not on the list");
    }
}
