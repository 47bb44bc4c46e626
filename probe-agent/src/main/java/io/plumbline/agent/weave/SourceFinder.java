package io.plumbline.agent.weave;

import io.plumbline.config.wire.LinesReply;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Finds the source files of running classes where they lie with them: in the same jar or folder, or in the {@code
 * -sources.jar} beside a jar. Files are opened by the agent itself; a class loader or a URL handler of the application is
 * never asked.
 *
 * <p>The bargain: what lies elsewhere (a jar within a jar, a repository) is not found. Control thread only.
 */
final class SourceFinder {
    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_SOURCES = 50;

    private final Map<String, LinesReply.Source> found = new TreeMap<>();

    /**
     * Looks for the source of a class.
     *
     * @param sourceFile as its class file says, such as {@code Order.java}; null where it does not
     */
    void look(Class<?> type, String sourceFile) {
        if (sourceFile == null || sourceFile.indexOf('/') >= 0 || sourceFile.indexOf('\\') >= 0) {
            return;
        }
        String folder = type.getPackageName().replace('.', '/');
        String path = folder.isEmpty() ? sourceFile : folder + "/" + sourceFile;
        if (found.size() < MAX_SOURCES && !found.containsKey(path)) {
            origin(type)
                    .flatMap(origin -> sha256(origin, path))
                    .ifPresent(hash -> found.put(path, new LinesReply.Source(path, hash)));
        }
    }

    Collection<LinesReply.Source> found() {
        return found.values();
    }

    /** The jar or folder that a class came from. All that is called here is final in the JDK. */
    private static Optional<File> origin(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        if (location == null || !"file".equals(location.getProtocol())) {
            return Optional.empty();
        }
        // a plus in a path is a plus, which the decoder of forms takes for a space
        String path = location.getPath().replace("+", "%2B");
        return Optional.of(new File(URLDecoder.decode(path, StandardCharsets.UTF_8)));
    }

    private static Optional<String> sha256(File origin, String path) {
        try {
            if (origin.isDirectory()) {
                return ofFile(origin.toPath(), path);
            }
            Optional<String> inside = ofEntry(origin, path);
            return inside.isPresent() || !origin.getName().endsWith(".jar") ? inside : ofEntry(beside(origin), path);
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // a courtesy; without it the lines themselves are compared
        }
    }

    private static File beside(File jar) {
        String name = jar.getName().substring(0, jar.getName().length() - ".jar".length());
        return new File(jar.getParentFile(), name + "-sources.jar");
    }

    private static Optional<String> ofFile(Path folder, String path) throws IOException {
        Path file = folder.resolve(path);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return hash(in);
        }
    }

    private static Optional<String> ofEntry(File jar, String path) throws IOException {
        if (!jar.isFile()) {
            return Optional.empty();
        }
        try (JarFile opened = new JarFile(jar, false)) {
            ZipEntry entry = opened.getEntry(path);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = opened.getInputStream(entry)) {
                return hash(in);
            }
        }
    }

    private static Optional<String> hash(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Optional.of(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
