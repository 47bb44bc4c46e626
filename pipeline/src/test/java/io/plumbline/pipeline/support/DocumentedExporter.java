package io.plumbline.pipeline.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The exporter in docs/writing-an-exporter.md, compiled from the page itself. */
public final class DocumentedExporter {
    private static final Path PAGE = Path.of("../docs/writing-an-exporter.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SERVICES =
            Pattern.compile("`(META-INF/services/[\\w.]+)` names the factory:\n\n```\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("\n(?:public |final )*class (\\w+)");

    /** Of the compiled classes, with the services file. */
    private final Path classes;

    private final String page;

    private DocumentedExporter(Path classes, String page) {
        this.classes = classes;
        this.page = page;
    }

    /**
     * Compiles all of the page's classes into a folder.
     *
     * @param change made to the page before
     */
    public static DocumentedExporter compile(Path folder, UnaryOperator<String> change) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        DocumentedExporter exporter = new DocumentedExporter(classes, change.apply(Files.readString(PAGE)));
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", exporter.classes.toString()));
        for (String source : exporter.sources()) {
            Matcher type = TYPE.matcher(source);
            if (!type.find()) {
                throw new AssertionError("no class in: " + source);
            }
            arguments.add(Files.writeString(folder.resolve(type.group(1) + ".java"), source)
                    .toString());
        }
        int answer = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        if (answer != 0) {
            throw new AssertionError("what the page says does not compile; the errors stand above");
        }
        exporter.writeServices();
        return exporter;
    }

    /** The code blocks. */
    public List<String> sources() {
        return JAVA.matcher(page).results().map(found -> found.group(1)).toList();
    }

    public Path classes() {
        return classes;
    }

    /** Packs the classes, but not the tests. */
    public void jar(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                if (!name.contains("Test")) {
                    out.putNextEntry(new JarEntry(name));
                    out.write(Files.readAllBytes(file));
                }
            }
        }
    }

    private void writeServices() throws IOException {
        Matcher services = SERVICES.matcher(page);
        if (!services.find()) {
            throw new AssertionError("the page does not say what stands in META-INF/services");
        }
        Path file = classes.resolve(services.group(1));
        Files.createDirectories(file.getParent());
        Files.write(file, services.group(2).getBytes(UTF_8));
    }
}
