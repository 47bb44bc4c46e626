package io.plumbline.config.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A signature of one record, carried in the record's headers, so that the value is the same with and without one.
 *
 * <p>What is signed: a fixed word, the topic, the key, the sequence and the value, each with its length in front. So a value that is
 * moved under another key or into another topic, or given another sequence, is not signed any more. A tombstone is signed as well.
 *
 * @param sequence grows with every record that a signer writes; milliseconds since 1970 or one more than the last
 * @param signer the {@link TrustedKeys#id} of the key
 * @param signature Ed25519, in Base64
 */
public record Seal(long sequence, String signer, String signature) {
    private static final String SEQUENCE = "plumbline-sequence";
    private static final String SIGNER = "plumbline-signer";
    private static final String SIGNATURE = "plumbline-signature";

    /** Changes when what is signed changes. */
    private static final String WORD = "plumbline-seal-1";

    private static final int MAX_DIGITS = 18;

    /** The headers' names and values. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(SEQUENCE, Long.toString(sequence));
        headers.put(SIGNER, signer);
        headers.put(SIGNATURE, signature);
        return headers;
    }

    /**
     * Reads a seal back.
     *
     * @param header a header's value by its name; null when there is none
     * @return empty when there is no seal, or none that could be one
     */
    public static Optional<Seal> of(Function<String, String> header) {
        String sequence = header.apply(SEQUENCE);
        String signer = header.apply(SIGNER);
        String signature = header.apply(SIGNATURE);
        if (signer == null || signature == null || sequence == null || !isNumber(sequence)) {
            return Optional.empty();
        }
        return Optional.of(new Seal(Long.parseLong(sequence), signer, signature));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /**
     * What is signed.
     *
     * @param value null for a tombstone
     */
    public static byte[] content(String topic, String key, long sequence, String value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            part(out, WORD);
            part(out, topic);
            part(out, key);
            out.writeLong(sequence);
            out.writeBoolean(value != null);
            part(out, value == null ? "" : value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void part(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
