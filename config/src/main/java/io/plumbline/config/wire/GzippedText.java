package io.plumbline.config.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Bytes as a text: gzip, then Base64. */
public final class GzippedText {
    private GzippedText() {}

    public static String of(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(zipped.toByteArray());
    }

    /**
     * The bytes of a text.
     *
     * @param maxBytes more are not unpacked
     * @throws IllegalArgumentException where it is none, or of more bytes
     */
    public static byte[] bytes(String text, int maxBytes) {
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IllegalArgumentException("more than " + maxBytes + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new IllegalArgumentException("no gzip: " + e.getMessage(), e);
        }
    }
}
