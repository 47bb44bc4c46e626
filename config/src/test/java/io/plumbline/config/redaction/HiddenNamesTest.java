package io.plumbline.config.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenNamesTest {
    private final HiddenNames names = new HiddenNames(Set.of(), Set.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "userPassword",
                "USER_PASSWORD",
                "user-password",
                "passwordHash",
                "password2",
                "PASSWORD1",
                "passwords",
                "cardNumber",
                "card_number",
                "cardNumbers",
                "CARDNUMBER",
                "apiKey",
                "APIKey",
                "apiKeys",
                "x-api-key",
                "accessToken",
                "token1",
                "userPIN",
                "pin",
                "sessionId",
                "Set-Cookie",
                "val$password",
                "authorization",
                "privateKey",
                "secret",
                "clientSecret",
                "iban",
                "cvv2",
                "credentials"
            })
    void hides_secret(String name) {
        assertThat(names.hides(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spinner", "tokenizer", "authorId", "author", "pinned", "shopping", "panel", "company", "keyboard",
                        "card",
                "number", "cards", "session", "passenger", "secretary", "", "_", "id", "orderId", "options"
            })
    void hides_harmless_not(String name) {
        assertThat(names.hides(name)).isFalse();
    }

    @Test
    void hides_revealedWord_not() {
        HiddenNames some = new HiddenNames(Set.of(), Set.of("PIN", "apikey"));

        assertThat(some.hides("userPin")).isFalse();
        assertThat(some.hides("apiKeys")).isFalse();
        assertThat(some.hides("password")).isTrue();
    }

    @Test
    void hides_addedName_inEveryWriting() {
        HiddenNames some = new HiddenNames(Set.of("patient-file-number", "salary"), Set.of());

        assertThat(some.hides("patientFileNumber")).isTrue();
        assertThat(some.hides("OLD_PATIENT_FILE_NUMBER")).isTrue();
        assertThat(some.hides("salaries")).isFalse();
        assertThat(some.hides("grossSalary")).isTrue();
        assertThat(some.hides("fileNumber")).isFalse();
    }

    @Test
    void new_revealedWordThatHidesNothing_saysSo() {
        assertThatThrownBy(() -> new HiddenNames(Set.of(), Set.of("pasword")))
                .hasMessageStartingWith("'pasword' is not on the list of hidden words, so it cannot be revealed;"
                        + " on the list are [apikey, auth, ");
    }
}
