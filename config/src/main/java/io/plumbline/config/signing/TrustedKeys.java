package io.plumbline.config.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The public keys whose signatures count. Immutable.
 *
 * <p>Ed25519 of the JDK itself: a provider that the observed program has registered is not asked, for that would be its code.
 */
public final class TrustedKeys {
    /** Nobody's: nothing is verified. */
    public static final TrustedKeys NONE = new TrustedKeys(Map.of());

    private static final String ALGORITHM = "Ed25519";
    private static final String PROVIDER = "SunEC";
    private static final int ID_BYTES = 8;

    /** How an Ed25519 public key begins as X.509 in Base64; no path does. */
    private static final String KEY_START = "MCowBQYDK2Vw";

    private final Map<String, PublicKey> keys;

    private TrustedKeys(Map<String, PublicKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /**
     * Reads a setting: public keys as {@code plumb keys show} prints them, or paths of files that hold such, one a line or as PEM;
     * several separated by commas or semicolons.
     *
     * @param setting its full key, for errors
     * @throws IllegalArgumentException naming the setting, for what is no key or can't be read
     */
    public static TrustedKeys parse(String setting, String text) {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        for (String part : text.split("[,;]")) {
            for (String key : part.isBlank() ? List.<String>of() : keysOf(setting, part.strip())) {
                PublicKey read = read(setting, key);
                keys.put(id(read), read);
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(setting + " holds no key: " + text + "; 'plumb keys show' prints one");
        }
        return new TrustedKeys(keys);
    }

    /** These and others. */
    public TrustedKeys and(TrustedKeys others) {
        Map<String, PublicKey> all = new LinkedHashMap<>(keys);
        all.putAll(others.keys);
        return new TrustedKeys(all);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    boolean knows(String signer) {
        return keys.containsKey(signer);
    }

    /** Whether a known signer's seal fits what it is on. */
    boolean isSigned(Seal seal, byte[] content) {
        try {
            Signature signature = signature();
            signature.initVerify(keys.get(seal.signer()));
            signature.update(content);
            return signature.verify(Base64.getDecoder().decode(seal.signature()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // a signature of another length or another alphabet is none
        }
    }

    /** The JDK's Ed25519. */
    public static Signature signature() throws GeneralSecurityException {
        try {
            return Signature.getInstance(ALGORITHM, PROVIDER);
        } catch (NoSuchProviderException e) {
            return Signature.getInstance(ALGORITHM); // a JDK that calls it otherwise
        }
    }

    /** Names a key: the first bytes of its SHA-256, in hexadecimal digits. */
    public static String id(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A key as {@link #parse} reads it. */
    public static String text(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static List<String> keysOf(String setting, String part) {
        if (part.startsWith(KEY_START)) {
            return List.of(part);
        }
        List<String> keys = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Path.of(part))) {
                if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("-----")) {
                    keys.add(line.strip());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    setting + " names neither an Ed25519 public key (" + KEY_START + "...) nor a file to be read: "
                            + part,
                    e);
        }
        return keys;
    }

    private static PublicKey read(String setting, String key) {
        try {
            byte[] encoded = Base64.getDecoder().decode(key);
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    setting
                            + " holds what is no Ed25519 public key in Base64 (or this JVM has no module jdk.crypto.ec): "
                            + key,
                    e);
        }
    }

    @Override
    public String toString() {
        return "keys " + keys.keySet();
    }
}
