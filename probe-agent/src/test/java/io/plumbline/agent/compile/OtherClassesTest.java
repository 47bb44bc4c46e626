package io.plumbline.agent.compile;

import static io.plumbline.agent.weave.WeaveFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.weave.Compiled;
import io.plumbline.agent.weave.IsolatedLoader;
import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.cases.Getters;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers of other loaders and modules, and class files that are not there. */
class OtherClassesTest {
    private final WeaveFixture fixture = new WeaveFixture();
    private final Getters getters = new Getters();
    private final Getters.Price price = new Getters.Price(99, "EUR");

    @AfterEach
    void restore() {
        fixture.close();
    }

    @Test
    void receiver_ofAnotherLoader_isReadAsItsOwn() throws Exception {
        var tap = fixture.set(at(Getters.class, "run", "log: '{any.cents()} {any.cents} {any.currency().length()}'"));
        Class<?> other = new IsolatedLoader().loadClass("io.plumbline.cases.Getters$Price");
        Constructor<?> constructor = other.getConstructors()[0];

        getters.run(price, price);
        getters.run(price, constructor.newInstance(5L, "USD"));
        getters.run(price, price);

        assertThat(other).isNotEqualTo(Getters.Price.class);
        assertThat(tap.failure).isNull();
        assertThat(tap.events).containsExactly("99|99|3", "5|5|3", "99|99|3");
    }

    @Test
    void receiver_ofAnotherLoader_isNotKeptAlive() throws Exception {
        fixture.set(at(Getters.class, "run", "log: '{any.cents()} {any.cents}'"));
        WeakReference<ClassLoader> loader = hitWithAnotherLoader();

        for (int i = 0; i < 50 && loader.get() != null; i++) {
            System.gc();
            byte[][] pressure = new byte[64][1 << 16];
            assertThat(pressure).isNotEmpty();
        }

        assertThat(loader.get()).isNull();
    }

    private WeakReference<ClassLoader> hitWithAnotherLoader() throws Exception {
        IsolatedLoader loader = new IsolatedLoader();
        Class<?> other = loader.loadClass("io.plumbline.cases.Getters$Price");
        getters.run(price, other.getConstructors()[0].newInstance(5L, "USD"));
        return new WeakReference<>(loader);
    }

    @Test
    void receiver_withoutClassFile_isNullAndSaid() throws Exception {
        String source = "package made; public class Made { private int x = 3; public int x() { return x; } }";
        Object made = new Compiled("made.Made", source)
                .loadClass("made.Made")
                .getConstructor()
                .newInstance();

        assertNullAndSaid(
                "log: '{any.x} {any.x()}'",
                made,
                "3|null",
                "can't be looked into: the class file of made.Made can't be found");
    }

    @Test
    void receiver_withClassFileOfAnotherClass_isNullAndSaid() throws Exception {
        Object made = made("", bytes -> OtherClassesTest.class.getResourceAsStream("OtherClassesTest.class"));

        assertNullAndSaid("log: '{any.x()}'", made, "null", "is that of another class");
    }

    @Test
    void receiver_withBrokenClassFile_isNullAndSaid() throws Exception {
        Object made = made("", bytes -> new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length / 2)));

        assertNullAndSaid("log: '{any.x()}'", made, "null", "the class file of made.Made can't be read");
    }

    @Test
    void receiver_whoseLoaderThrows_isNullAndSaid() throws Exception {
        Object made = made("", bytes -> {
            throw new IllegalStateException("closed");
        });

        assertNullAndSaid("log: '{any.x()}'", made, "null", "can't be read: java.lang.IllegalStateException");
    }

    @Test
    void members_ofAModuleThatOpensNothing_areRead(@TempDir Path dir) throws Exception {
        Object sealed = inModule(dir);
        var tap = fixture.set(at(Getters.class, "run", "log: '{any.secretly} {any.inner.depth} {any.twice()}'"));

        getters.run(price, sealed);

        assertThat(sealed.getClass().getModule().isNamed()).isTrue();
        assertThat(sealed.getClass()
                        .getModule()
                        .isOpen("closed.inside", getClass().getModule()))
                .as("opened by the agent, to the agent")
                .isTrue();
        assertThat(tap.failure).isNull();
        assertThat(tap.events).containsExactly("21|2|42");
    }

    /** An object of a package that its module neither exports nor opens. */
    private static Object inModule(Path dir) throws Exception {
        Path module = Files.writeString(dir.resolve("module-info.java"), "module closed { exports closed.api; }");
        Path api = write(
                dir,
                "closed/api/Maker.java",
                "package closed.api; public class Maker { public static Object make() { return new closed.inside.Sealed(); } }");
        Path inside = write(
                dir,
                "closed/inside/Sealed.java",
                "package closed.inside; public class Sealed { private int secretly = 21; private Inner inner = new Inner();"
                        + " private int twice() { return 2 * secretly; }"
                        + " private static class Inner { private final int depth = Integer.parseInt(\"2\"); } }");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", dir + "/out", module.toString(), api.toString(), inside.toString());
        assertThat(result).isZero();
        Configuration configuration = ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(dir.resolve("out")), ModuleFinder.of(), Set.of("closed"));
        ModuleLayer layer = ModuleLayer.defineModules(
                        configuration, List.of(ModuleLayer.boot()), any -> new ModuleLoader(dir.resolve("out")))
                .layer();
        return layer.findLoader("closed")
                .loadClass("closed.api.Maker")
                .getMethod("make")
                .invoke(null);
    }

    private static Path write(Path dir, String name, String source) throws Exception {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, source);
    }

    /** Loads a module's classes from a directory. */
    private static final class ModuleLoader extends java.net.URLClassLoader {
        ModuleLoader(Path out) {
            super(new java.net.URL[] {url(out)}, ModuleLoader.class.getClassLoader());
        }

        private static java.net.URL url(Path out) {
            try {
                return out.toUri().toURL();
            } catch (java.net.MalformedURLException e) {
                throw new IllegalArgumentException(e);
            }
        }

        @Override
        protected Class<?> findClass(String moduleName, String name) {
            try {
                return findClass(name);
            } catch (ClassNotFoundException e) {
                return null;
            }
        }
    }

    @Test
    void members_ofTheJdk_areRefused() {
        String yaml = at(Getters.class, "run", "log: '{order.id.value}'");
        fixture.set(yaml);
        assertThat(fixture.standing(yaml).reason())
                .contains("fields of JDK classes are not read: java.lang.String.value");

        var tap = fixture.set(at(Getters.class, "run", "log: '{any.table}'"));
        getters.run(price, new java.util.HashMap<>());
        assertThat(tap.events).containsExactly("null");
        assertThat(tap.failure).hasMessageContaining("fields of JDK classes are not read: java.util.HashMap.table");
    }

    @Test
    void method_huge_isRefused() throws Exception {
        StringBuilder body = new StringBuilder("int s = n;");
        for (int i = 0; i < 600; i++) {
            body.append("s += n * ").append(i).append(';');
        }
        Object made = withClassFile("public int huge() { " + body + " return s; }");

        assertNullAndSaid("log: '{any.huge()}'", made, "null", "Made.huge() is longer than 1000 instructions");
    }

    @Test
    void methods_inLongChains_areRefused() throws Exception {
        StringBuilder body = new StringBuilder("public int m40() { return n; }");
        for (int i = 0; i < 40; i++) {
            body.append("public int m" + i + "() { return m" + (i + 1) + "(); }");
        }
        Object made = withClassFile(body.toString());

        assertNullAndSaid("log: '{any.m0()} {any.m30()}'", made, "null|7", "is 16 calls deep");
    }

    @Test
    void methods_thatFanOut_areRefused() throws Exception {
        StringBuilder body = new StringBuilder("public int m8() { return n; }");
        for (int i = 0; i < 8; i++) {
            body.append(
                    "public int m" + i + "() { return m" + (i + 1) + "() + m" + (i + 1) + "() + m" + (i + 1) + "(); }");
        }
        Object made = withClassFile(body.toString());

        assertNullAndSaid("log: '{any.m0()} {any.m6()}'", made, "null|63", "takes more than 16384 steps");
    }

    /** A hit on the object shows a null where its class could not be looked into, and the probe says why. */
    private void assertNullAndSaid(String action, Object any, String shown, String reason) {
        var tap = fixture.set(at(Getters.class, "run", action));

        getters.run(price, any);

        assertThat(tap.events).containsExactly(shown);
        assertThat(tap.failure).hasMessageContaining(reason);
    }

    private static Object withClassFile(String members) throws Exception {
        return made(members, ByteArrayInputStream::new);
    }

    /** An object of a class whose loader hands out a file of it. */
    private static Object made(String members, Function<byte[], InputStream> file) throws Exception {
        String source =
                "package made; public class Made { private int n = 7; public int x() { return n; } " + members + " }";
        byte[] bytes = Compiled.compile("made.Made", source).get("made.Made");
        return new Handing(bytes, file).loadClass("made.Made").getConstructor().newInstance();
    }

    /** Hands out something as the file of the one class it defines. */
    private static final class Handing extends ClassLoader {
        private final byte[] bytes;
        private final Function<byte[], InputStream> file;

        Handing(byte[] bytes, Function<byte[], InputStream> file) {
            super(Handing.class.getClassLoader());
            this.bytes = bytes;
            this.file = file;
        }

        @Override
        protected Class<?> findClass(String name) {
            return defineClass(name, bytes, 0, bytes.length);
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return name.equals("made/Made.class") ? file.apply(bytes) : super.getResourceAsStream(name);
        }
    }
}
