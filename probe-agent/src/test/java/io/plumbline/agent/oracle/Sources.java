package io.plumbline.agent.oracle;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Source files, compiled with a table of character ranges into a folder, and what the oracle needs to know of them. */
final class Sources {
    private final Path classes;
    private final Map<String, String> texts;
    private final Map<String, List<StatementFinder.Statement>> statements = new HashMap<>();
    private final Map<String, ClassTables> tables = new HashMap<>();

    private Sources(Path classes, Map<String, String> texts) {
        this.classes = classes;
        this.texts = texts;
    }

    /**
     * Compiles.
     *
     * @param texts by path, as in {@code org/example/Order.java}
     * @param classPath of what the sources need, or empty
     * @param classes an empty folder
     */
    static Sources compile(Map<String, String> texts, String classPath, Path classes) throws IOException {
        Sources sources = new Sources(classes, Map.copyOf(texts));
        sources.compile(classPath);
        sources.readTables();
        return sources;
    }

    private void compile(String classPath) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<JavaFileObject> inputs = new ArrayList<>();
            texts.forEach((path, text) -> inputs.add(new Text(path, text)));
            StringWriter problems = new StringWriter();
            List<String> options = List.of(
                    "-g", "-Xjcov", "-nowarn", "-proc:none", "-Xlint:none", "-cp", classPath, "-d", classes.toString());
            JavacTask task = (JavacTask) javac.getTask(problems, files, null, options, null, inputs);
            for (CompilationUnitTree file : task.parse()) {
                String path = file.getSourceFile().toUri().getPath().substring(1);
                statements.put(
                        path, StatementFinder.find(file, Trees.instance(task).getSourcePositions()));
            }
            task.generate();
            if (problems.getBuffer().indexOf("error:") >= 0) {
                throw new IllegalStateException("the sources do not compile: " + problems);
            }
        }
    }

    private void readTables() throws IOException {
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path path :
                    all.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(path).toString().replace('/', '.');
                tables.put(
                        name.substring(0, name.length() - ".class".length()),
                        ClassTables.read(Files.readAllBytes(path)));
            }
        }
        if (tables.isEmpty()) {
            throw new IllegalStateException("nothing was compiled of " + texts.keySet());
        }
    }

    Path classes() {
        return classes;
    }

    /** Null for a class that was not compiled here. */
    ClassTables tables(String className) {
        return tables.get(className);
    }

    /** The source file of a class, as a path. */
    String fileOf(String className) {
        String folder = className.substring(0, className.lastIndexOf('.') + 1).replace('.', '/');
        return folder + tables.get(className).sourceFile();
    }

    List<StatementFinder.Statement> statements(String file) {
        return statements.get(file);
    }

    /** Places that a probe can name: each line of each class that has code there. */
    SortedSet<Place> places() {
        SortedSet<Place> places = new TreeSet<>();
        tables.forEach((name, table) -> table.lines().forEach(line -> places.add(new Place(fileOf(name), line))));
        return places;
    }

    String text(Place place) {
        return texts.get(place.file())
                .lines()
                .skip(place.line() - 1L)
                .findFirst()
                .orElse("");
    }

    /** One source file in memory. */
    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String path, String text) {
            super(URI.create("mem:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
