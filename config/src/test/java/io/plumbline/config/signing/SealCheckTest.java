package io.plumbline.config.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.config.signing.SealCheck.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealCheckTest {
    @TempDir
    private Path folder;

    private KeyPair pair;
    private SealCheck check;

    @BeforeEach
    void makeKeys() throws Exception {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        check = new SealCheck(TrustedKeys.parse("k", TrustedKeys.text(pair.getPublic())));
    }

    private Optional<Seal> seal(String topic, String key, long sequence, String value) throws Exception {
        Signature signature = TrustedKeys.signature();
        signature.initSign(pair.getPrivate());
        signature.update(Seal.content(topic, key, sequence, value));
        return Optional.of(new Seal(
                sequence, TrustedKeys.id(pair.getPublic()), Base64.getEncoder().encodeToString(signature.sign())));
    }

    @Test
    void state_whatWasSigned_isTaken_alsoAgain_andFromHeaders() throws Exception {
        Map<String, String> headers =
                new HashMap<>(seal("t", "a", 7, "value").orElseThrow().headers());

        assertThat(check.state("t", "a", "value", Seal.of(headers::get))).isEmpty();
        assertThat(check.state("t", "a", "value", Seal.of(headers::get))).isEmpty();
        assertThat(check.state("t", "a", null, seal("t", "a", 8, null))).isEmpty();
    }

    @Test
    void state_movedOrChanged_isForged() throws Exception {
        Optional<Seal> good = seal("t", "a", 7, "value");
        Seal later = new Seal(8, good.orElseThrow().signer(), good.orElseThrow().signature());

        assertThat(check.state("t", "b", "value", good)).contains(Refusal.FORGED);
        assertThat(check.state("u", "a", "value", good)).contains(Refusal.FORGED);
        assertThat(check.state("t", "a", "valuE", good)).contains(Refusal.FORGED);
        assertThat(check.state("t", "a", null, good)).contains(Refusal.FORGED);
        assertThat(check.state("t", "a", "value", Optional.of(later))).contains(Refusal.FORGED);
        assertThat(check.state("t", "a", "", seal("t", "a", 9, null))).contains(Refusal.FORGED);
        Optional<Seal> junk = Optional.of(new Seal(7, later.signer(), "no base64, and too short"));
        assertThat(check.state("t", "a", "value", junk)).contains(Refusal.FORGED);
    }

    @Test
    void state_olderThanTaken_isReplayed_eachKeyForItself() throws Exception {
        assertThat(check.state("t", "a", "2", seal("t", "a", 2, "2"))).isEmpty();

        assertThat(check.state("t", "a", "1", seal("t", "a", 1, "1"))).contains(Refusal.REPLAYED);
        assertThat(check.state("t", "b", "1", seal("t", "b", 1, "1"))).isEmpty();
    }

    @Test
    void refused_doesNotCountAsTaken() throws Exception {
        Seal far = new Seal(
                Long.MAX_VALUE / 10, seal("t", "a", 1, "1").orElseThrow().signer(), "AAAA");
        assertThat(check.state("t", "a", "1", Optional.of(far))).contains(Refusal.FORGED);

        assertThat(check.state("t", "a", "1", seal("t", "a", 1, "1"))).isEmpty();
    }

    @Test
    void message_isTakenOnce() throws Exception {
        assertThat(check.message("t", "a", "1", seal("t", "a", 1, "1"))).isEmpty();

        assertThat(check.message("t", "a", "1", seal("t", "a", 1, "1"))).contains(Refusal.REPLAYED);
        assertThat(check.message("t", "b", "2", seal("t", "b", 2, "2"))).isEmpty();
    }

    @Test
    void unsignedAndStrangers_areRefused() throws Exception {
        Optional<Seal> good = seal("t", "a", 1, "1");

        assertThat(check.state("t", "a", "1", Optional.empty())).contains(Refusal.UNSIGNED);
        assertThat(Seal.of(name -> null)).isEmpty();
        assertThat(Seal.of(name -> "-1")).isEmpty();
        assertThat(new SealCheck(TrustedKeys.NONE).state("t", "a", "1", good)).contains(Refusal.UNKNOWN_KEY);
    }

    @Test
    void parse_keysAndFilesOfKeys_orASentence() throws Exception {
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path file = folder.resolve("key.pem");
        Files.writeString(
                file,
                "-----BEGIN PUBLIC KEY-----\n" + TrustedKeys.text(other.getPublic()) + "\n-----END PUBLIC KEY-----\n");

        TrustedKeys both = TrustedKeys.parse("k", TrustedKeys.text(pair.getPublic()) + ", " + file);

        assertThat(both.knows(TrustedKeys.id(pair.getPublic()))).isTrue();
        assertThat(both.knows(TrustedKeys.id(other.getPublic()))).isTrue();
        assertThatThrownBy(() -> TrustedKeys.parse("k", "nowhere.pem"))
                .hasMessageContaining("k names neither an Ed25519 public key");
        assertThatThrownBy(() -> TrustedKeys.parse("k", "MCowBQYDK2VwAAAA"))
                .hasMessageContaining("k holds what is no Ed25519 public key");
        assertThatThrownBy(() -> TrustedKeys.parse("k", " ")).hasMessageContaining("k holds no key");
    }
}
