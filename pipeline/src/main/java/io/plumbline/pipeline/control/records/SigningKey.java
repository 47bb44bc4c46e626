package io.plumbline.pipeline.control.records;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.plumbline.config.signing.Seal;
import io.plumbline.config.signing.TrustedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * The key pair that a control plane signs with: a private Ed25519 key in a file (PKCS#8 as PEM, as {@code openssl genpkey -algorithm
 * ed25519} writes it), which its user alone may read.
 *
 * <p>Threads: any.
 */
public final class SigningKey {
    private static final String NAME = "signing.key";
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final int LINE = 64;

    private final PrivateKey secret;
    private final PublicKey open;
    private final String signer;

    private SigningKey(PrivateKey secret, PublicKey open) {
        this.secret = secret;
        this.open = open;
        this.signer = TrustedKeys.id(open);
    }

    /** Where a data folder has it. */
    public static Path file(Path data) {
        return data.resolve(NAME);
    }

    /**
     * The key of a data folder; made where there is none yet.
     *
     * @throws IllegalArgumentException when the file holds something else
     */
    public static SigningKey in(Path data) {
        Path file = file(data);
        if (!Files.exists(file)) {
            make(file);
        }
        return read(file);
    }

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException when the file can't be read or holds something else
     */
    public static SigningKey read(Path file) {
        try {
            String text = Files.readString(file, US_ASCII);
            int begin = text.indexOf(BEGIN);
            int end = text.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new IllegalArgumentException(file + " holds no '" + BEGIN + "'; make one with:"
                        + " openssl genpkey -algorithm ed25519 -out " + file);
            }
            byte[] encoded = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            PrivateKey secret = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new SigningKey(secret, publicKey((EdECPrivateKey) secret));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "can't read an Ed25519 key from " + file + " (" + e.getMessage() + "); name another file", e);
        }
    }

    /** What agents pin. */
    public String publicText() {
        return TrustedKeys.text(open);
    }

    /** Names the key. */
    public String id() {
        return signer;
    }

    /** Signs a record; a null value is a tombstone. */
    public Seal seal(String topic, String key, long sequence, String value) {
        try {
            Signature signature = TrustedKeys.signature();
            signature.initSign(secret);
            signature.update(Seal.content(topic, key, sequence, value));
            return new Seal(sequence, signer, Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing failed; the JDK's Ed25519 is not as it should be", e);
        }
    }

    /** Whole or not at all; where two start at once, the first one's is taken by both. */
    private static void make(Path file) {
        try {
            byte[] encoded = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            String lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(encoded);
            Path draft =
                    file.resolveSibling(NAME + "." + ProcessHandle.current().pid());
            Files.deleteIfExists(draft);
            Files.createFile(draft, OwnerOnly.attributes(file));
            Files.writeString(draft, BEGIN + "\n" + lines + "\n" + END + "\n", US_ASCII, StandardOpenOption.WRITE);
            moveUnlessThere(draft, file);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + "; make the folder writable", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes no Ed25519 keys; take another JDK", e);
        }
    }

    private static void moveUnlessThere(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // another process was first
        } catch (UnsupportedOperationException e) {
            Files.move(draft, file);
            return;
        }
        Files.delete(draft);
    }

    /** The file has the secret alone; the JDK derives the rest only when it makes a pair, from 32 random bytes that are the secret. */
    private static PublicKey publicKey(EdECPrivateKey secret) throws GeneralSecurityException {
        byte[] seed = secret.getBytes()
                .orElseThrow(() -> new GeneralSecurityException("the key does not give its bytes away"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
        KeyPair pair = generator.generateKeyPair();
        if (!(pair.getPrivate() instanceof EdECPrivateKey again)
                || !java.util.Arrays.equals(again.getBytes().orElseThrow(), seed)) {
            throw new GeneralSecurityException("this JDK derives no public key");
        }
        return pair.getPublic();
    }

    /** Gives the same bytes each time. */
    private static final class Seed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        private Seed(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }

    /** The secret stays one. */
    @Override
    public String toString() {
        return "signing key " + signer;
    }
}
