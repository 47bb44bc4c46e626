package io.plumbline.pipeline.control.source;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where sources are: {@code control.source.folders}, {@code control.source.git} and {@code control.source.jars}, lists of paths; with a service's
 * name in front of the last word, as in {@code control.source.shop.git}, those of one service, which come before.
 */
public final class SourceSettings {
    public static final String PREFIX = "control.source.";

    /** None: everything is decompiled. */
    public static final SourceSettings NONE = new SourceSettings(Map.of());

    private static final Pattern KEY = Pattern.compile(Pattern.quote(PREFIX) + "(?:(.+)\\.)?(folders|git|jars)");
    private static final List<String> KINDS = List.of("folders", "git", "jars");

    /** By what their keys say behind the prefix. */
    private final Map<String, List<Origin>> origins;

    private SourceSettings(Map<String, List<Origin>> origins) {
        this.origins = origins;
    }

    /** Whether a setting is one of these. */
    public static boolean isOurs(String key) {
        return KEY.matcher(key).matches();
    }

    /**
     * Reads those that are ours and passes over the rest.
     *
     * @throws IllegalArgumentException naming the key and the remedy
     */
    public static SourceSettings of(Map<String, String> settings) {
        Map<String, List<Origin>> origins = new TreeMap<>();
        settings.forEach((key, value) -> {
            Matcher matcher = KEY.matcher(key);
            if (matcher.matches()) {
                List<Origin> read = new ArrayList<>();
                for (String path : value.split(",")) {
                    if (!path.isBlank()) {
                        read.add(origin(key, matcher.group(2), path.strip()));
                    }
                }
                origins.put(key.substring(PREFIX.length()), read);
            }
        });
        return new SourceSettings(origins);
    }

    private static Origin origin(String key, String kind, String text) {
        Path path;
        try {
            path = Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(key + " is a list of paths, with commas between: " + text, e);
        }
        return switch (kind) {
            case "folders" -> {
                require(Files.isDirectory(path), key + " must name folders that are there: " + text);
                yield new FolderOrigin(path);
            }
            case "git" -> {
                GitOrigin git = new GitOrigin(path);
                require(git.isThere(), key + " must name Git repositories on this machine, cloned before: " + text);
                yield git;
            }
            default -> {
                require(Files.exists(path), key + " must name folders with -sources.jar files, or such files: " + text);
                yield new JarOrigin(path);
            }
        };
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** Of a service, in the order in which they are asked: folders, Git, jars; of each its own first. */
    List<Origin> of(String service) {
        List<Origin> all = new ArrayList<>();
        for (String kind : KINDS) {
            for (String key : Arrays.asList(service + "." + kind, kind)) {
                all.addAll(origins.getOrDefault(key, List.of()));
            }
        }
        return all;
    }
}
