package io.plumbline.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The libraries that the console's page names in its import map; unpacked by the build. */
final class ConsoleLibraries {
    private static final Path BUILT = Path.of("target", "classes", "dashboards", "console");
    private static final Pattern MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private ConsoleLibraries() {}

    /** The path that each name stands for, {@code /console/lib/…}. */
    static Map<String, String> imports() throws IOException {
        Matcher map = MAP.matcher(Files.readString(DashboardFiles.CONSOLE.resolve("index.html")));
        if (!map.find()) {
            throw new IllegalStateException("index.html has no import map");
        }
        JsonNode imports = new ObjectMapper().readTree(map.group(1)).get("imports");
        Map<String, String> paths = new TreeMap<>();
        imports.fields()
                .forEachRemaining(one -> paths.put(one.getKey(), one.getValue().asText()));
        return paths;
    }

    /** What is served under a path of the console. */
    static Path file(String path) {
        return BUILT.resolve(path.substring("/console/".length()));
    }

    /** The type declarations of a library, where it brings some. */
    static Optional<Path> types(String path) {
        String script = file(path).toAbsolutePath().toString();
        return Stream.of(
                        script.replaceFirst("\\.js$", ".d.ts"),
                        script.replaceFirst("\\.esm\\.js$", ".d.ts"),
                        script.replaceFirst("dist/[a-z]+\\.module\\.js$", "src/index.d.ts"))
                .filter(name -> name.endsWith(".d.ts"))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    static Path licence(String path) {
        String name = path.substring("/console/lib/".length());
        return BUILT.resolve("lib")
                .resolve(name.substring(0, name.indexOf('/')))
                .resolve("LICENSE");
    }
}
