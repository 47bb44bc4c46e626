package io.plumbline.e2e;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What can be said of a command without running it: {@code plumb} has its subcommand, options and values; files of the repository that
 * it names, modules and tests are there. The command line is asked by its own parser, of the jar that was built.
 */
final class DocUnrun implements AutoCloseable {
    private static final Pattern IN_REPOSITORY = Pattern.compile(
            "(?<![\\w/.-])((?:config|benchmarks|demo|docs|pipeline|exporters|probe-agent|dashboards)/[\\w./-]+)");
    private static final Pattern MODULES = Pattern.compile("-pl\\s+(\\S+)");
    private static final Pattern TESTS = Pattern.compile("-Dtest='?([\\w,]+)");

    private final URLClassLoader loader;

    DocUnrun() throws IOException {
        Path target = DocPage.REPOSITORY.resolve("pipeline/target");
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            URL[] path = Stream.concat(Stream.of(target.resolve("plumbline-pipeline.jar")), libraries)
                    .map(DocUnrun::url)
                    .toArray(URL[]::new);
            loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
        }
    }

    /** What is wrong with it, as far as can be told. */
    Optional<String> complaint(DocCommand command) throws IOException, ReflectiveOperationException {
        String text =
                command.text().replace("\\\n", " ").replaceAll("\\s+#\\s.*", "").replaceAll("\\bPID\\b", "4711");
        for (String file : all(IN_REPOSITORY, text)) {
            if (!file.contains("/target/") && !Files.exists(DocPage.REPOSITORY.resolve(file))) {
                return Optional.of("there is no " + file);
            }
        }
        for (String modules : all(MODULES, text)) {
            for (String module : modules.split(",")) {
                if (!Files.exists(DocPage.REPOSITORY.resolve(module).resolve("pom.xml"))) {
                    return Optional.of("there is no module " + module);
                }
            }
        }
        for (String tests : all(TESTS, text)) {
            for (String test : tests.split(",")) {
                if (!hasSource(test + ".java")) {
                    return Optional.of("there is no test " + test);
                }
            }
        }
        return command.isPlumb() ? parsed(words(text)) : Optional.empty();
    }

    private static List<String> all(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static boolean hasSource(String name) throws IOException {
        for (String module : List.of("config", "probe-agent", "exporters", "pipeline", "demo")) {
            try (Stream<Path> files =
                    Files.walk(DocPage.REPOSITORY.resolve(module).resolve("src/test/java"))) {
                if (files.anyMatch(file -> file.endsWith(name))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A line's words as a shell sees them, up to the first pipe. */
    private static List<String> words(String line) {
        Matcher word = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+").matcher(line);
        List<String> words = new ArrayList<>();
        while (word.find() && !word.group().equals("|") && !word.group().startsWith(">")) {
            words.add(word.group().replaceAll("['\"]", ""));
        }
        return words;
    }

    /** All commands that there are. */
    Set<?> commands() throws ReflectiveOperationException {
        Object commandLine = commandLine();
        return ((Map<?, ?>) commandLine.getClass().getMethod("getSubcommands").invoke(commandLine)).keySet();
    }

    private Object commandLine() throws ReflectiveOperationException {
        // where the exporters are looked for
        Thread.currentThread().setContextClassLoader(loader);
        Method made = loader.loadClass("io.plumbline.pipeline.cli.Plumb").getDeclaredMethod("commandLine");
        made.setAccessible(true);
        return made.invoke(null);
    }

    private Optional<String> parsed(List<String> words) throws ReflectiveOperationException {
        Object commandLine = commandLine();
        Method parse = commandLine.getClass().getMethod("parseArgs", String[].class);
        try {
            Object arguments = words.subList(1, words.size()).toArray(String[]::new);
            parse.invoke(commandLine, arguments);
            return words.contains("--exporter") && !words.contains("--plugins") ? settings(words) : Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(String.valueOf(e.getCause().getMessage()));
        }
    }

    /** Whether the exporters take the settings, which the host reads before it starts anything. */
    private Optional<String> settings(List<String> words) throws ReflectiveOperationException {
        Map<String, String> given = new HashMap<>();
        for (String setting : following(words, "--set")) {
            String[] parts = setting.split("=", 2);
            given.put(parts[0], parts[1].replaceAll("\\$\\{.*?}", "0123456789abcdef0123456789abcdef"));
        }
        Method read = loader.loadClass("io.plumbline.pipeline.cli.PipelineSettings")
                .getDeclaredMethod("of", Collection.class, Map.class);
        read.setAccessible(true);
        try {
            read.invoke(null, following(words, "--exporter"), given);
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(String.valueOf(e.getCause().getMessage()));
        }
    }

    private static List<String> following(List<String> words, String option) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).equals(option)) {
                found.add(words.get(i + 1));
            }
        }
        return found;
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(file.toString(), e);
        }
    }

    @Override
    public void close() throws IOException {
        Thread.currentThread().setContextClassLoader(DocUnrun.class.getClassLoader());
        loader.close();
    }
}
