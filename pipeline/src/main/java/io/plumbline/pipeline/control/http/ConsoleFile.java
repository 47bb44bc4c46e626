package io.plumbline.pipeline.control.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * A file of the console as it is sent: its bytes, the same packed, and a tag that changes with them.
 *
 * @param content as it lies in the jar
 * @param packed gzip of it
 * @param tag a strong {@code ETag}, in its quotes
 * @param scripts what a content security policy says of the import maps that stand in it: {@code 'sha256-…'} each, separated by a
 *     space; empty where there are none
 */
record ConsoleFile(byte[] content, byte[] packed, String tag, String scripts) {
    private static final String FOLDER = "/dashboards/console";
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    /** Null where the jar has no such file. */
    static ConsoleFile read(String path) {
        try (InputStream in = ConsoleFile.class.getResourceAsStream(FOLDER + path)) {
            return in == null ? null : of(in.readAllBytes(), path.endsWith(".html"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isThere(String path) {
        return ConsoleFile.class.getResource(FOLDER + path) != null;
    }

    private static ConsoleFile of(byte[] content, boolean isPage) throws IOException {
        String tag = '"' + sha256(content).substring(0, 22) + '"';
        return new ConsoleFile(content, packed(content), tag, isPage ? importMaps(content) : "");
    }

    /** Of a page: the one kind of script that a browser takes from within a page only. */
    private static String importMaps(byte[] page) {
        Matcher maps = IMPORT_MAP.matcher(new String(page, StandardCharsets.UTF_8));
        return maps.results()
                .map(map -> "'sha256-" + sha256(map.group(1).getBytes(StandardCharsets.UTF_8)) + "'")
                .collect(Collectors.joining(" "));
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
