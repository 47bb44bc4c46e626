package io.plumbline.pipeline.cli;

import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.Exporters;
import io.plumbline.exporters.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The exporters that there are: ours, and those of third parties from a folder. There each jar is a plug-in, and each
 * folder with jars; a plug-in has a class loader of its own above ours, so that two may bring different versions of what
 * they use.
 *
 * <p>The bargain: a plug-in that can't be used stops the start and is named, whether or not its exporter is asked for.
 * Plug-ins are trusted: they run with all that the pipeline may do.
 *
 * <p>Threads: belongs to the command. Close it after the exporters.
 */
final class Plugins implements AutoCloseable {
    private static final String JAR = ".jar";
    private static final String SERVICE = "META-INF/services/" + ExporterFactory.class.getName();

    private final Map<String, ExporterFactory> exporters;
    /** Which plug-in an exporter came from. */
    private final Map<String, Path> origins = new TreeMap<>();

    private final List<URLClassLoader> loaders = new ArrayList<>();

    private Plugins() {
        exporters = new TreeMap<>(Exporters.installed());
    }

    /**
     * Loads all plug-ins of a folder.
     *
     * @param folder null for none
     * @throws SettingsException naming the plug-in that can't be used, and why
     */
    static Plugins in(Path folder) {
        Plugins plugins = new Plugins();
        try {
            if (folder != null) {
                list(folder).forEach(plugins::load);
            }
            return plugins;
        } catch (RuntimeException e) {
            plugins.close();
            throw e;
        }
    }

    /** All factories by name. */
    Map<String, ExporterFactory> exporters() {
        return Map.copyOf(exporters);
    }

    @Override
    public void close() {
        for (URLClassLoader loader : loaders) {
            try {
                loader.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a plug-in's jar can't be closed", e);
            }
        }
    }

    private void load(Path plugin) {
        List<Path> jars = Files.isDirectory(plugin) ? jarsOf(plugin) : List.of(plugin);
        boolean isService = false;
        for (Path jar : jars) {
            isService |= hasService(jar, plugin);
        }
        if (!isService) {
            throw broken(plugin, "has no " + SERVICE + ", which names its factory", null);
        }
        URLClassLoader loader =
                new URLClassLoader(jars.stream().map(Plugins::url).toArray(URL[]::new), Plugins.class.getClassLoader());
        loaders.add(loader);
        try {
            ServiceLoader.load(ExporterFactory.class, loader).stream()
                    .filter(provider -> provider.type().getClassLoader() == loader)
                    .forEach(provider -> add(provider.get(), plugin));
        } catch (ServiceConfigurationError | LinkageError e) {
            throw broken(plugin, "can't be loaded: " + e, e);
        }
    }

    private void add(ExporterFactory factory, Path plugin) {
        String name = factory.name();
        if (name == null || !Instance.isName(name)) {
            throw broken(plugin, "has an exporter that can't be called '" + name + "'; " + Instance.NAMES, null);
        }
        if (factory.takes().isEmpty()) {
            throw broken(plugin, "has an exporter, " + name + ", that takes no kind of signal", null);
        }
        ExporterFactory other = exporters.putIfAbsent(name, factory);
        if (other != null) {
            Path origin = origins.get(name);
            throw broken(
                    plugin,
                    "has an exporter called " + name + ", as "
                            + (origin == null ? "one of Plumbline's own is" : origin + " has"),
                    null);
        }
        origins.put(name, plugin);
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new SettingsException(
                    "there is no folder of plug-ins " + folder + "; make it, or leave out --plugins");
        }
        return entries(folder).stream()
                .filter(entry -> isJar(entry)
                        || (Files.isDirectory(entry) && !jarsOf(entry).isEmpty()))
                .toList();
    }

    private static List<Path> jarsOf(Path folder) {
        return entries(folder).stream().filter(Plugins::isJar).toList();
    }

    private static boolean isJar(Path file) {
        return file.getFileName().toString().endsWith(JAR) && Files.isRegularFile(file);
    }

    /** In the order of their names, so that errors are the same each time. */
    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new SettingsException("can't read the folder of plug-ins " + folder + ": " + e.getMessage(), e);
        }
    }

    /** A class loader passes over a file that is no jar without a word. */
    private static boolean hasService(Path jar, Path plugin) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getEntry(SERVICE) != null;
        } catch (IOException e) {
            throw broken(plugin, "has " + jar.getFileName() + ", which is no readable jar: " + e.getMessage(), e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("no URL of " + jar, e);
        }
    }

    private static SettingsException broken(Path plugin, String why, Throwable cause) {
        return new SettingsException(
                "the plug-in " + plugin + " can't be used: it " + why + "; mend it or take it out of the folder",
                cause);
    }
}
