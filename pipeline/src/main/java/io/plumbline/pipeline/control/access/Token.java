package io.plumbline.pipeline.control.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token as it is kept: what it is good for, and the hash of its secret. The secret has 256 random bits, so nothing is won by a
 * slower hash.
 *
 * @param hash SHA-256 of the secret, in hexadecimal digits
 * @param maker the name of the token that made it
 * @param revoked whether it was taken back; it stays, so that a try with it can be told
 */
public record Token(
        String name,
        String hash,
        AccessRole role,
        Bounds bounds,
        Instant created,
        Instant expires,
        String maker,
        boolean revoked) {
    private static final int SECRET_BYTES = 32;

    /** 256 random bits, as they stand in a header. */
    public static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static String hash(String secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Takes the same time for every other hash. */
    public boolean hasHash(String other) {
        return isSame(hash, other);
    }

    static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    public Token asRevoked() {
        return new Token(name, hash, role, bounds, created, expires, maker, true);
    }

    public String json() {
        Map<String, Object> map = map();
        map.put("hash", hash);
        return Json.write(map);
    }

    /** What may be shown. */
    public Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("role", role.word());
        map.put("services", bounds.services());
        map.put("environments", bounds.environments());
        map.put("created", created.toEpochMilli());
        map.put("expires", expires.toEpochMilli());
        map.put("maker", maker);
        map.put("revoked", revoked);
        return map;
    }

    /** Reads {@link #json} back; keys that later versions may add are passed over. */
    public static Token parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "token"), "a token");
        return new Token(
                fields.requiredText("name"),
                fields.requiredText("hash"),
                AccessRole.of(fields.requiredText("role")),
                new Bounds(fields.textList("services"), fields.textList("environments")),
                Instant.ofEpochMilli(
                        fields.integer("created", 0, Long.MAX_VALUE).orElse(0L)),
                Instant.ofEpochMilli(
                        fields.integer("expires", 0, Long.MAX_VALUE).orElse(0L)),
                fields.text("maker").orElse(""),
                fields.bool("revoked").orElse(false));
    }

    /** The hash too is nobody's business. */
    @Override
    public String toString() {
        return "token " + name + " (" + role.word() + ", " + bounds + ")";
    }
}
