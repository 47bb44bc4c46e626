package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.ProbeState;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jboss.modules.DependencySpec;
import org.jboss.modules.Module;
import org.jboss.modules.ModuleLoader;
import org.jboss.modules.ModuleSpec;
import org.jboss.modules.ResourceLoaderSpec;
import org.jboss.modules.ResourceLoaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Class loaders that do not let their classes see the agent: probes work there all the same. */
class HidingLoaderTest {
    private static final String NAME = "shelf.Box";
    private static final String SOURCE = """
            package shelf;
            public class Box {
                private final String label;
                private static int made = 40;
                private Box(String label) {
                    this.label = label;
                }
                public static String run() {
                    Box box = new Box("nails");
                    made++;
                    return box.label + made;
                }
            }
            """;
    private static final String PROBE =
            "{id: p, at: 'shelf.Box:11', if: 'box.label.length() == 5', log: '{box.label} {made} {box}', count: hits}";

    private final WeaveFixture fixture = new WeaveFixture();

    @TempDir
    private Path folder;

    @AfterEach
    void restore() {
        fixture.close();
    }

    /** Once when loaded with the probe there, and once when retransformed. */
    private void assertProbed(Class<?> box) throws ReflectiveOperationException {
        assertThat(box.getMethod("run").invoke(null)).isEqualTo("nails41");
        var tap = fixture.set(PROBE);

        assertThat(box.getMethod("run").invoke(null)).isEqualTo("nails42");

        assertThat(fixture.standing(PROBE).state()).isEqualTo(ProbeState.INSTALLED);
        assertThat(tap.failure).isNull();
        assertThat(tap.events).containsExactly("nails|42|a Box", "++");
    }

    private static Map<String, byte[]> box(String... options) {
        List<String> all = new ArrayList<>(List.of("-g"));
        all.addAll(List.of(options));
        return Compiled.compile(NAME, SOURCE, all.toArray(new String[0]));
    }

    private Path jar(Manifest manifest, Map<String, byte[]> classes) throws IOException {
        Path jar = folder.resolve("box.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> type : classes.entrySet()) {
                entries.putNextEntry(new JarEntry(type.getKey().replace('.', '/') + ".class"));
                entries.write(type.getValue());
            }
        }
        return jar;
    }

    private static Manifest manifest(Map<String, String> headers) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        return manifest;
    }

    @Test
    void loader_thatKnowsTheJdkOnly_isProbed() throws Exception {
        Compiled made = new Compiled(ClassLoader.getPlatformClassLoader(), box());

        assertProbed(made.loadClass(NAME));
    }

    @Test
    void loader_thatThrowsAtOtherNames_isProbedAndNotAskedForTheAgent() throws Exception {
        List<String> asked = new ArrayList<>();
        Hostile hostile = new Hostile(box(), asked);

        assertProbed(hostile.loadClass(NAME));

        assertThat(asked).noneMatch(name -> name.contains("plumbline"));
    }

    @Test
    void loader_thatIsHostile_isProbedWhileLoading() throws Exception {
        var tap = fixture.set(PROBE);
        Hostile hostile = new Hostile(box(), new ArrayList<>());

        assertThat(hostile.loadClass(NAME).getMethod("run").invoke(null)).isEqualTo("nails41");
        fixture.weaver.notice();

        assertThat(tap.events).containsExactly("nails|41|a Box", "++");
        assertThat(fixture.standing(PROBE).state()).isEqualTo(ProbeState.INSTALLED);
    }

    /** What a call needs of the JDK must be there before the JVM asks for it, or the application would feel it. */
    @Test
    void loader_thatHidesMethodHandles_isRefusedAndRuns() throws Exception {
        Hostile hostile = new Hostile(box("-XDstringConcat=inline"), new ArrayList<>());
        hostile.hidden = "java.lang.invoke.";
        Class<?> box = hostile.loadClass(NAME);
        fixture.set(PROBE);

        assertThat(box.getMethod("run").invoke(null)).isEqualTo("nails41");

        assertThat(fixture.standing(PROBE).state()).isEqualTo(ProbeState.REJECTED);
        assertThat(fixture.standing(PROBE).reason())
                .isEqualTo("shelf.Box: its class loader does not let it see java.lang.invoke.MethodHandles$Lookup,"
                        + " which a probe's call needs");
    }

    @Test
    void loader_thatHidesTheAgent_isProbedByASecondAgentToo() throws Exception {
        Hostile hostile = new Hostile(box(), new ArrayList<>());
        Class<?> box = hostile.loadClass(NAME);
        assertProbed(box);
        fixture.close();

        try (WeaveFixture next = new WeaveFixture()) {
            var tap = next.set(PROBE);
            box.getMethod("run").invoke(null);
            assertThat(tap.events).containsExactly("nails|43|a Box", "++");
        }
    }

    @Test
    void loader_thatHidesTheAgent_isCollected() throws Exception {
        assertThat(LeakTest.isCollected(probedAndDropped())).isTrue();
    }

    private WeakReference<ClassLoader> probedAndDropped() throws Exception {
        Hostile hostile = new Hostile(box(), new ArrayList<>());
        assertProbed(hostile.loadClass(NAME));
        return new WeakReference<>(hostile);
    }

    @Test
    void bundle_ofFelix_isProbed() throws Exception {
        Path jar = jar(manifest(Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "box")), box());
        Framework felix = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(new HashMap<>(Map.of(
                        "org.osgi.framework.storage", folder.resolve("felix").toString(), "felix.log.level", "0")));
        felix.start();
        try {
            Bundle bundle = felix.getBundleContext().installBundle(jar.toUri().toString());
            bundle.start();

            assertProbed(bundle.loadClass(NAME));
        } finally {
            felix.stop();
            felix.waitForStop(10_000);
        }
    }

    @Test
    void module_ofJBoss_isProbed() throws Exception {
        ModuleSpec.Builder spec = ModuleSpec.build("box");
        spec.addResourceRoot(ResourceLoaderSpec.createResourceLoaderSpec(ResourceLoaders.createPathResourceLoader(
                "box", Files.createDirectories(unpacked(folder.resolve("box"))))));
        spec.addDependency(DependencySpec.createLocalDependencySpec());
        ModuleLoader modules = new ModuleLoader(
                new org.jboss.modules.ModuleFinder[] {(name, loader) -> name.equals("box") ? spec.create() : null});
        Module module = modules.loadModule("box");

        assertProbed(module.getClassLoader().loadClass(NAME));
    }

    private static Path unpacked(Path root) throws IOException {
        Files.createDirectories(root.resolve("shelf"));
        for (Map.Entry<String, byte[]> type : box().entrySet()) {
            Files.write(root.resolve(type.getKey().replace('.', '/') + ".class"), type.getValue());
        }
        return root;
    }

    /** The JDK's loader for layers asks the parent that it was given, and that may hide the agent. */
    @Test
    void namedModule_inALayer_isProbed() throws Exception {
        assertProbed(layered(ClassLoader.getSystemClassLoader()));
    }

    @Test
    void namedModule_inALayerOfAHidingLoader_isProbed() throws Exception {
        assertProbed(layered(new Hostile(Map.of(), new ArrayList<>())));
    }

    private Class<?> layered(ClassLoader parent) throws Exception {
        Map<String, byte[]> classes = new HashMap<>(box());
        Path root = unpacked(folder.resolve("module"));
        Path source = Files.writeString(folder.resolve("module-info.java"), "module shelf { exports shelf; }");
        int result = javax.tools.ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        root.toString(),
                        source.toString(),
                        writtenSource().toString());
        assertThat(result).isZero();
        for (Map.Entry<String, byte[]> type : classes.entrySet()) {
            Files.write(root.resolve(type.getKey().replace('.', '/') + ".class"), type.getValue());
        }
        Configuration configuration =
                ModuleLayer.boot().configuration().resolve(ModuleFinder.of(root), ModuleFinder.of(), Set.of("shelf"));
        ClassLoader loader = ModuleLayer.boot()
                .defineModulesWithOneLoader(configuration, parent)
                .findLoader("shelf");
        Class<?> box = loader.loadClass(NAME);
        assertThat(box.getModule().isNamed()).isTrue();
        return box;
    }

    private Path writtenSource() throws IOException {
        Path file = folder.resolve("Box.java");
        return Files.writeString(file, SOURCE);
    }

    /** Sees java.* and its own classes; answers any other name with an error. */
    private static final class Hostile extends ClassLoader {
        private final Map<String, byte[]> classes;
        private final List<String> asked;
        private String hidden = "none";

        Hostile(Map<String, byte[]> classes, List<String> asked) {
            super("hostile", null);
            this.classes = classes;
            this.asked = asked;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            asked.add(name);
            if (name.startsWith("java.") && !name.startsWith(hidden)) {
                return super.loadClass(name, resolve);
            }
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new AssertionError("not for you: " + name);
            }
            Class<?> known = findLoadedClass(name);
            return known != null ? known : defineClass(name, bytes, 0, bytes.length);
        }
    }
}
