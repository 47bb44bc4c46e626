package io.plumbline.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** TypeScript's compiler reads the console's JSDoc; installed with npm below {@code target}, once, where there is npm. */
class ConsoleTypesTest {
    private static final String VERSION = "5.9.3";
    private static final Path FOLDER =
            Path.of("target", "typescript-" + VERSION).toAbsolutePath();
    private static final Path COMPILER = FOLDER.resolve(Path.of("node_modules", ".bin", "tsc"));

    @Test
    void scripts_haveTheTypesTheySay() throws Exception {
        boolean isThere = isInstalled();
        if (!isThere) {
            System.out.println("skipped: the types of the console's scripts need npm and TypeScript " + VERSION);
        }
        assumeTrue(isThere, "no TypeScript");
        Path project = FOLDER.resolve("tsconfig.json");
        new ObjectMapper().writeValue(project.toFile(), project());

        Path log = FOLDER.resolve("tsc.log");
        int code = run(List.of(COMPILER.toString(), "--project", project.toString()), log);

        assertThat(Files.readString(log)).isEmpty();
        assertThat(code).isZero();
    }

    /** The scripts, with the libraries' own types beside what the browser loads. */
    private static Map<String, Object> project() throws IOException {
        Map<String, List<String>> paths = new TreeMap<>();
        for (Map.Entry<String, String> library : ConsoleLibraries.imports().entrySet()) {
            ConsoleLibraries.types(library.getValue())
                    .ifPresent(types -> paths.put(library.getKey(), List.of(types.toString())));
        }
        return Map.of(
                "compilerOptions",
                Map.of(
                        "noEmit",
                        true,
                        "allowJs",
                        true,
                        "checkJs",
                        true,
                        "strict",
                        true,
                        "skipLibCheck",
                        true,
                        "target",
                        "es2022",
                        "module",
                        "es2022",
                        "moduleResolution",
                        "bundler",
                        "lib",
                        List.of("es2022", "dom", "dom.iterable"),
                        "paths",
                        paths),
                "files",
                Stream.concat(
                                ConsoleFilesTest.scripts(),
                                Stream.of(Path.of("src", "test", "resources", "untyped-libraries.d.ts")))
                        .map(file -> file.toAbsolutePath().toString())
                        .toList());
    }

    private static boolean isInstalled() throws IOException, InterruptedException {
        String npm = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> folder + File.separator + "npm")
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst()
                .orElse("");
        if (!Files.exists(COMPILER) && !npm.isEmpty()) {
            Files.createDirectories(FOLDER);
            Files.writeString(
                    FOLDER.resolve("package.json"),
                    "{\"private\": true, \"dependencies\": {\"typescript\": \"" + VERSION + "\"}}");
            run(
                    List.of(npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1"),
                    FOLDER.resolve("npm.log"));
        }
        return Files.exists(COMPILER);
    }

    private static int run(List<String> command, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }
}
