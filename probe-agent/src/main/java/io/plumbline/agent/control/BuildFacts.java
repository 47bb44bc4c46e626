package io.plumbline.agent.control;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a program's build wrote down of itself: version and commit. Found in the jar that was started or that holds the main
 * class: its manifest, and the files that Spring Boot and git plugins leave. Loads none of the program's classes and no
 * class loader of it; looks at a bounded number of small files.
 *
 * <p>Used by the control thread only.
 */
final class BuildFacts {
    private static final int MAX_ENTRIES = 60;
    private static final int MAX_BYTES = 64 << 10;

    /** Where a class path of one jar has what a folder has at its top. */
    private static final List<String> ROOTS = List.of("", "BOOT-INF/classes/", "WEB-INF/classes/");

    private static final List<String> VERSIONS = List.of("Implementation-Version", "Bundle-Version");
    private static final List<String> COMMITS = List.of(
            "Git-Commit",
            "Git-Commit-Id",
            "Git-Revision",
            "SCM-Revision",
            "Scm-Revision",
            "Implementation-Build",
            "Build-Revision",
            "Revision",
            "Commit");

    private BuildFacts() {}

    /** This program's. */
    static Map<String, String> here() {
        return of(
                System.getProperty("sun.java.command", "").split(" ", 2)[0],
                System.getProperty("java.class.path", "").split(File.pathSeparator));
    }

    /**
     * The labels {@code version} and {@code commit}, as far as they are known.
     *
     * @param main the main class, or the jar that was started
     */
    static Map<String, String> of(String main, String... classPath) {
        Map<String, String> facts = new LinkedHashMap<>();
        try {
            for (Path place : places(main, classPath)) {
                try (Place opened = Place.open(place)) {
                    read(opened, facts);
                }
            }
        } catch (IOException | RuntimeException e) {
            // what is known by then is known; a program need not say what it was built from
        }
        facts.replaceAll((name, value) -> ResourceAttributes.cut(value));
        return facts;
    }

    /** Where the program itself is; its libraries have versions of their own. */
    private static List<Path> places(String main, String... classPath) throws IOException {
        if (main.endsWith(".jar")) {
            return List.of(Path.of(main));
        }
        String type = main.substring(main.indexOf('/') + 1).replace('.', '/') + ".class";
        List<Path> before = new ArrayList<>();
        for (int i = 0; i < Math.min(MAX_ENTRIES, classPath.length); i++) {
            Path entry = Path.of(classPath[i].isEmpty() ? "." : classPath[i]);
            boolean isFolder = Files.isDirectory(entry);
            if (isFolder) {
                before.add(entry); // resources may lie in a folder beside the classes
            }
            if (isFolder ? Files.exists(entry.resolve(type)) : has(entry, type)) {
                return isFolder ? before : List.of(entry);
            }
        }
        return List.of();
    }

    private static boolean has(Path jar, String entry) throws IOException {
        if (!Files.isRegularFile(jar)) {
            return false;
        }
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return file.getEntry(entry) != null;
        }
    }

    private static void read(Place place, Map<String, String> facts) throws IOException {
        for (String root : ROOTS) {
            Properties build = properties(place, root + "META-INF/build-info.properties");
            putFirst(facts, "version", build.getProperty("build.version"));
            Properties git = properties(place, root + "git.properties");
            putFirst(facts, "commit", git.getProperty("git.commit.id"));
            putFirst(facts, "commit", git.getProperty("git.commit.id.full"));
            putFirst(facts, "commit", git.getProperty("git.commit.id.abbrev"));
            putFirst(facts, "version", git.getProperty("git.build.version"));
        }
        Optional<byte[]> manifest = place.read("META-INF/MANIFEST.MF");
        if (manifest.isPresent()) {
            Attributes attributes = new Manifest(new ByteArrayInputStream(manifest.get())).getMainAttributes();
            VERSIONS.forEach(name -> putFirst(facts, "version", attributes.getValue(name)));
            COMMITS.forEach(name -> putFirst(facts, "commit", attributes.getValue(name)));
        }
    }

    private static Properties properties(Place place, String name) throws IOException {
        Properties properties = new Properties();
        Optional<byte[]> bytes = place.read(name);
        if (bytes.isPresent()) {
            properties.load(new StringReader(new String(bytes.get(), StandardCharsets.UTF_8)));
        }
        return properties;
    }

    private static void putFirst(Map<String, String> facts, String name, String value) {
        if (value != null && !value.isBlank() && !value.contains("${") && !value.contains("@")) {
            facts.putIfAbsent(name, value.strip());
        }
    }

    /** A jar or a folder. */
    private record Place(ZipFile jar, Path folder) implements AutoCloseable {
        static Place open(Path path) throws IOException {
            return Files.isDirectory(path) ? new Place(null, path) : new Place(new ZipFile(path.toFile()), null);
        }

        /** A small file's bytes. */
        Optional<byte[]> read(String name) throws IOException {
            if (jar == null) {
                Path file = folder.resolve(name);
                return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
                        ? Optional.of(Files.readAllBytes(file))
                        : Optional.empty();
            }
            ZipEntry entry = jar.getEntry(name);
            if (entry == null || entry.getSize() > MAX_BYTES) {
                return Optional.empty();
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return Optional.of(in.readNBytes(MAX_BYTES));
            }
        }

        @Override
        public void close() throws IOException {
            if (jar != null) {
                jar.close();
            }
        }
    }
}
