package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.exporters.SettingsException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** A file of settings ({@code java.util.Properties}). One that others may read holds references to secrets, and none itself. */
final class SettingsFile {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private SettingsFile() {}

    static Map<String, String> read(Path file, SecretKeys secrets) {
        Map<String, String> settings = new LinkedHashMap<>();
        Properties properties = new Properties();
        boolean isOpen;
        try (Reader in = Files.newBufferedReader(file, UTF_8)) {
            properties.load(in);
            isOpen = isForOthers(file);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException(
                    "can't read the settings in " + file + " (" + e.getMessage()
                            + "); name a file of text with key=value on each line",
                    e);
        }
        properties.forEach((key, value) -> settings.put(String.valueOf(key), String.valueOf(value)));
        List<String> literal = new TreeMap<>(settings)
                .entrySet().stream()
                        .filter(each -> secrets.isLiteral(each.getKey(), each.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
        if (isOpen && !literal.isEmpty()) {
            throw new SettingsException(String.join(", ", literal) + " in " + file
                    + (literal.size() == 1 ? " is a secret" : " are secrets")
                    + ", and others may read the file; chmod 600 it, or write ${env:NAME} or ${file:/path} instead");
        }
        return settings;
    }

    private static boolean isForOthers(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    }
}
