package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.LinesReply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources are found beside the classes, in whatever a class loader of the JDK takes them from. */
class SourceFinderTest {
    private static final String SOURCE = "package made;\npublic class Shop {\n  int x = 1;\n}\n";

    @TempDir
    Path folder;

    private static byte[] bytes() {
        return Compiled.compile("made.Shop", SOURCE, "-g").get("made.Shop");
    }

    private static void jar(Path path, Map<String, byte[]> entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(path);
                JarOutputStream jar = new JarOutputStream(file)) {
            for (var entry : new TreeMap<>(entries).entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
    }

    private static List<LinesReply.Source> sources(Path origin) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {origin.toUri().toURL()}, null)) {
            SourceFinder finder = new SourceFinder();
            finder.look(loader.loadClass("made.Shop"), ClassFiles.sourceFile(bytes()));
            return List.copyOf(finder.found());
        }
    }

    private static LinesReply.Source source() throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(SOURCE.getBytes(StandardCharsets.UTF_8));
        return new LinesReply.Source("made/Shop.java", HexFormat.of().formatHex(hash));
    }

    @Test
    void look_sourceInTheJar_isFound() throws Exception {
        Path jar = folder.resolve("a b+c.jar");
        jar(jar, Map.of("made/Shop.class", bytes(), "made/Shop.java", SOURCE.getBytes(StandardCharsets.UTF_8)));

        assertThat(sources(jar)).containsExactly(source());
    }

    @Test
    void look_sourcesJarBeside_isFound() throws Exception {
        Path jar = folder.resolve("shop-1.0.jar");
        jar(jar, Map.of("made/Shop.class", bytes()));
        assertThat(sources(jar)).isEmpty();

        jar(folder.resolve("shop-1.0-sources.jar"), Map.of("made/Shop.java", SOURCE.getBytes(StandardCharsets.UTF_8)));
        assertThat(sources(jar)).containsExactly(source());
    }

    @Test
    void look_sourceInTheFolder_isFound() throws Exception {
        Files.createDirectories(folder.resolve("made"));
        Files.write(folder.resolve("made/Shop.class"), bytes());
        Files.writeString(folder.resolve("made/Shop.java"), SOURCE);

        assertThat(sources(folder)).containsExactly(source());
    }

    @Test
    void look_sourcesThatAreNone_areNotFound() throws Exception {
        Path jar = folder.resolve("shop.jar");
        jar(jar, Map.of("made/Shop.class", bytes(), "made/Shop.java", new byte[5 << 20]));
        Files.writeString(folder.resolve("shop-sources.jar"), "no jar");

        assertThat(sources(jar)).as("too large").isEmpty();
        SourceFinder finder = new SourceFinder();
        finder.look(String.class, "String.java");
        finder.look(new Compiled("made.Shop", SOURCE).loadClass("made.Shop"), "Shop.java");
        finder.look(SourceFinderTest.class, null);
        finder.look(SourceFinderTest.class, "../../../../../etc/passwd");
        assertThat(finder.found()).isEmpty();
    }
}
