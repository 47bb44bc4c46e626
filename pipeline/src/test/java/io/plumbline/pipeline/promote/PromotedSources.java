package io.plumbline.pipeline.promote;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.PatchFailedException;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.text.YamlText;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** A copy of sources that diffs are applied to, and that is compiled and run. */
final class PromotedSources {
    private final Path folder;

    private PromotedSources(Path folder) {
        this.folder = folder;
    }

    /** The demo's programs. */
    static PromotedSources ofDemo(Path folder) throws IOException {
        Path demo = Path.of("../demo/src/main/java");
        try (Stream<Path> files = Files.walk(demo)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(demo.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return new PromotedSources(folder);
    }

    static PromotedSources of(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return new PromotedSources(folder);
    }

    static Probe probe(String yaml) {
        return ProbeReader.writtenAll(YamlText.read(yaml, "test"), Clock.systemUTC())
                .get(0);
    }

    SourcePatch patch(Probe probe, Library library) {
        String name = probe.location().type().replace('.', '/') + ".java";
        return SourcePatch.of(probe, library, folder.resolve(name), name, this::ofClass);
    }

    private Optional<Path> ofClass(String simpleName) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().equals(simpleName + ".java"))
                    .findFirst();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Applies a diff, by git where it is installed. */
    void apply(String name, SourcePatch patch) throws IOException, InterruptedException, PatchFailedException {
        Path diff = Files.writeString(folder.resolve("change.diff"), patch.diff());
        Path file = folder.resolve(name);
        String before = Files.readString(file);
        try {
            Process git = new ProcessBuilder("git", "apply", "--verbose", diff.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(git.waitFor()).as(said + patch.diff()).isZero();
        } catch (IOException noGit) {
            List<String> lines = Arrays.asList(before.split("\n", -1));
            Files.writeString(
                    file,
                    String.join(
                            "\n",
                            DiffUtils.patch(
                                    lines,
                                    UnifiedDiffUtils.parseUnifiedDiff(
                                            patch.diff().lines().toList()))));
        }
        assertThat(Files.readString(file)).isNotEqualTo(before);
    }

    /** Compiles all; what the compiler finds wrong. */
    List<String> compile() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (var manager = compiler.getStandardFileManager(said, null, null);
                Stream<Path> files = Files.walk(folder)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options =
                    List.of("-proc:none", "-d", classes().toString(), "-cp", System.getProperty("java.class.path"));
            compiler.getTask(null, manager, said, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        return said.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }

    private Path classes() throws IOException {
        return Files.createDirectories(folder.resolve("classes"));
    }

    /** What was compiled, beside the test's own libraries. To be closed by the caller. */
    URLClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {url()}, PromotedSources.class.getClassLoader());
    }

    private URL url() throws IOException {
        try {
            return classes().toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
