package io.plumbline.exporters.elasticsearch;

import io.plumbline.exporters.signal.LogSignal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The id under which a record is stored: its own, or for records of foreign producers a hash of the document, which is
 * the same at every delivery. The bargain of the hash: two records alike in everything, time included, become one.
 */
final class DocumentId {

    /** The backend refuses longer ones. */
    private static final int MAX_BYTES = 512;

    private DocumentId() {}

    static String of(LogSignal log, byte[] document) {
        byte[] uid = log.uid().getBytes(StandardCharsets.UTF_8);
        if (uid.length == 0) {
            return hash(document);
        }
        return uid.length <= MAX_BYTES ? log.uid() : hash(uid);
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
