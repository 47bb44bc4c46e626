package io.plumbline.agent.capture.context;

import static io.plumbline.agent.capture.Found.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.capture.Found;
import io.plumbline.agent.capture.Opener;
import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MdcReaderTest {
    private static final String SLF4J = "org.slf4j.MDC";
    private static final String LOG4J = "org.apache.logging.log4j.ThreadContext";

    /** A logging library in a version, and the store that it uses. */
    enum Library {
        LOGBACK(SLF4J, "", "logback-classic-1.5.38", "logback-core-1.5.38", "slf4j-api-2.0.17"),
        LOGBACK_OLD(SLF4J, "", "logback-classic-1.2.13", "logback-core-1.2.13", "slf4j-api-1.7.36"),
        BASIC(SLF4J, "", "slf4j-jdk14-2.0.17", "slf4j-api-2.0.17"),
        BASIC_OLD(SLF4J, "", "slf4j-jdk14-1.7.36", "slf4j-api-1.7.36"),
        LOG4J_DEFAULT(LOG4J, "DefaultThreadContextMap", "log4j-api-2.25.4", "log4j-core-2.25.4"),
        LOG4J_GARBAGE_FREE(LOG4J, "GarbageFreeSortedArrayThreadContextMap", "log4j-api-2.25.4", "log4j-core-2.25.4"),
        LOG4J_OLD(LOG4J, "DefaultThreadContextMap", "log4j-api-2.21.0", "log4j-core-2.21.0"),
        LOG4J_OLD_COPY_ON_WRITE(
                LOG4J, "CopyOnWriteSortedArrayThreadContextMap", "log4j-api-2.21.0", "log4j-core-2.21.0"),
        LOG4J_OLD_GARBAGE_FREE(
                LOG4J, "GarbageFreeSortedArrayThreadContextMap", "log4j-api-2.21.0", "log4j-core-2.21.0");

        final String owner;
        final String store;
        final String[] jars;

        Library(String owner, String store, String... jars) {
            this.owner = owner;
            this.store = store;
            this.jars = jars;
        }

        URLClassLoader start() {
            URLClassLoader loader = Found.loader(jars);
            String map = switch (this) {
                case LOG4J_OLD -> "org.apache.logging.log4j.spi." + store;
                case LOG4J_GARBAGE_FREE -> "org.apache.logging.log4j.core.context.internal." + store;
                default -> null;
            };
            String garbageFree = this == LOG4J_OLD_GARBAGE_FREE ? "true" : null;
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            quietly(map, garbageFree, () -> call(loader, owner, owner.equals(SLF4J) ? "clear" : "clearMap"));
            thread.setContextClassLoader(before);
            return loader;
        }

        /** With a Log4j setting, and without what libraries say as they start. */
        private static void quietly(String map, String garbageFree, Runnable start) {
            PrintStream err = System.err;
            System.setErr(new PrintStream(PrintStream.nullOutputStream()));
            set("log4j2.threadContextMap", map);
            set("log4j2.garbagefree.threadContextMap", garbageFree);
            try {
                start.run();
            } finally {
                System.setErr(err);
                System.clearProperty("log4j2.threadContextMap");
                System.clearProperty("log4j2.garbagefree.threadContextMap");
            }
        }

        private static void set(String name, String value) {
            if (value != null) {
                System.setProperty(name, value);
            }
        }
    }

    private static Map<String, Object> all(MdcReader reader) {
        Map<String, Object> pairs = new TreeMap<>();
        assertThat(reader.forEach(pairs::put, 100)).isTrue();
        return pairs;
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void read_eachLibrary_givesTheThreadsValues(Library library) throws Exception {
        URLClassLoader loader = library.start();
        Surroundings surroundings = Found.surroundings();
        surroundings.look();
        MdcReader reader = surroundings.mdc().in(loader);
        assertThat(store(library, loader).getClass().getName()).endsWith(library.store);
        assertThat(reader.read("user")).isNull();
        assertThat(all(reader)).isEmpty();

        call(loader, library.owner, "put", "user", "ann");
        call(loader, library.owner, "put", "order", "17");
        call(loader, library.owner, "put", "password", "geheim");
        assertThat(reader.read("user")).isEqualTo("ann");
        assertThat(reader.read("order")).isEqualTo("17");
        assertThat(reader.read("password")).isEqualTo("***");
        assertThat(reader.read("none")).isNull();
        assertThat(reader.read(null)).isNull();
        assertThat(all(reader)).isEqualTo(Map.of("user", "ann", "order", "17", "password", "***"));
        List<String> two = new ArrayList<>();
        assertThat(reader.forEach((name, value) -> two.add(name), 2)).isFalse();
        assertThat(two).hasSize(2);

        call(loader, library.owner, "remove", "order");
        call(loader, library.owner, "put", "user", "bob");
        assertThat(all(reader)).isEqualTo(Map.of("user", "bob", "password", "***"));
        call(loader, library.owner, library.owner.equals(SLF4J) ? "clear" : "clearMap");
        assertThat(all(reader)).isEmpty();
        loader.close();
    }

    private static Object store(Library library, ClassLoader loader) throws Exception {
        Class<?> owner = Class.forName(library.owner, true, loader);
        for (String name : MdcSource.OWNERS.get(library.owner)) {
            for (Field field : owner.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(null);
                }
            }
        }
        throw new AssertionError("no store");
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void read_inAnotherThread_givesItsOwn(Library library) throws Exception {
        URLClassLoader loader = library.start();
        Surroundings surroundings = Found.surroundings();
        surroundings.look();
        MdcReader reader = surroundings.mdc().in(loader);
        List<String> seen = new ArrayList<>();
        Thread other = new Thread(() -> {
            seen.add(reader.read("user"));
            call(loader, library.owner, "put", "user", "bob");
            seen.add(reader.read("user"));
        });
        call(loader, library.owner, "put", "user", "ann");
        call(loader, library.owner, library.owner.equals(SLF4J) ? "clear" : "clearMap");
        other.start();
        other.join();
        assertThat(seen).containsExactly(null, "bob");
        assertThat(reader.read("user")).isNull();
        loader.close();
    }

    @Test
    void read_severalLoaders_givesThatOfTheClass() {
        URLClassLoader one = Library.LOGBACK.start();
        URLClassLoader other = Library.LOGBACK_OLD.start();
        ClassLoader child = new ClassLoader(other) {};
        call(one, SLF4J, "put", "shop", "one");
        call(other, SLF4J, "put", "shop", "other");
        call(one, SLF4J, "put", "only", "one");
        Surroundings surroundings = Found.surroundings();
        surroundings.look();
        assertThat(surroundings.mdc().in(one).read("shop")).isEqualTo("one");
        assertThat(surroundings.mdc().in(other).read("shop")).isEqualTo("other");
        assertThat(surroundings.mdc().in(child).read("shop")).isEqualTo("other");
        assertThat(surroundings.mdc().in(child).read("only")).isNull();
        assertThat(surroundings.mdc().in(ClassLoader.getPlatformClassLoader()).read("only"))
                .isEqualTo("one");
        assertThat(surroundings.mdc().read("only")).isEqualTo("one");
    }

    @Test
    void look_classNotInitialized_leavesItSo() throws Exception {
        URLClassLoader loader = Found.loader(Library.LOGBACK.jars);
        Class<?> owner = Class.forName(SLF4J, false, loader);
        Surroundings surroundings = Found.surroundings();
        surroundings.look();
        assertThat(surroundings.mdc().in(loader).read("user")).isNull();
        assertThat(new PrivateReads(Opener::open).isInitialized(owner)).isFalse();
        Library.quietly(null, null, () -> call(loader, SLF4J, "put", "user", "ann"));
        surroundings.look();
        assertThat(surroundings.mdc().in(loader).read("user")).isEqualTo("ann");
    }

    @Test
    void read_unknownStore_runsNoneOfIt() throws Exception {
        URLClassLoader loader = Library.LOGBACK.start();
        List<String> ran = new ArrayList<>();
        Object hostile = Proxy.newProxyInstance(
                loader,
                new Class<?>[] {Class.forName("org.slf4j.spi.MDCAdapter", true, loader)},
                (self, method, args) -> {
                    ran.add(method.getName());
                    throw new IllegalStateException();
                });
        Field field = Class.forName(SLF4J, true, loader).getDeclaredField("MDC_ADAPTER");
        field.setAccessible(true);
        Surroundings surroundings = Found.surroundings();
        surroundings.look();
        field.set(null, hostile);
        MdcReader reader = surroundings.mdc().in(loader);
        assertThat(reader.read("user")).isNull();
        assertThat(all(reader)).isEmpty();
        field.set(null, null);
        assertThat(reader.read("user")).isNull();
        assertThat(ran).isEmpty();
    }

    @Test
    void peek_threadLocalWithoutValue_setsNone() {
        List<String> ran = new ArrayList<>();
        ThreadLocal<String> hostile = new ThreadLocal<>() {
            @Override
            protected String initialValue() {
                ran.add("initialValue");
                return "initial";
            }

            @Override
            public String get() {
                ran.add("get");
                return super.get();
            }
        };
        ThreadLocals locals = new ThreadLocals(new PrivateReads(Opener::open));
        assertThat(locals.peek(hostile)).isNull();
        hostile.set("set");
        assertThat(locals.peek(hostile)).isEqualTo("set");
        InheritableThreadLocal<String> inheritable = new InheritableThreadLocal<>();
        assertThat(locals.peek(inheritable)).isNull();
        inheritable.set("value");
        assertThat(locals.peek(inheritable)).isEqualTo("value");
        assertThat(ran).isEmpty();
    }

    @Test
    void handle_isForExpressions() throws Throwable {
        URLClassLoader loader = Library.BASIC.start();
        call(loader, SLF4J, "put", "user", "ann");
        Surroundings surroundings = Found.surroundings();
        surroundings.look();
        MethodHandle handle = surroundings.mdc().in(loader).handle();
        assertThat((Object) handle.invokeExact((Object) "user")).isEqualTo("ann");
        assertThat((Object) handle.invokeExact((Object) 7)).isNull();
        assertThat((Object) handle.invokeExact((Object) null)).isNull();
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void read_manyTimes_allocatesNothing(Library library) {
        URLClassLoader loader = library.start();
        call(loader, library.owner, "put", "user", "ann");
        Surroundings surroundings = Found.surroundings();
        surroundings.look();
        MdcReader reader = surroundings.mdc().in(loader);
        for (int i = 0; i < 5_000; i++) {
            reader.read("user");
        }
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        for (int i = 0; i < 10_000; i++) {
            reader.read("user");
        }
        assertThat(threads.getThreadAllocatedBytes(id) - before)
                .isLessThan(100_000); // the smallest object has 16 bytes
        call(loader, library.owner, library.owner.equals(SLF4J) ? "clear" : "clearMap");
    }

    @Test
    void look_loaderGone_isNotHeld() throws Exception {
        Surroundings surroundings = Found.surroundings();
        WeakReference<ClassLoader> loader = lookedAt(surroundings);
        for (int i = 0; i < 50 && loader.get() != null; i++) {
            System.gc();
        }
        assertThat(loader.get()).isNull();
        assertThat(surroundings.mdc().read("user")).isNull();
    }

    private static WeakReference<ClassLoader> lookedAt(Surroundings surroundings) throws Exception {
        URLClassLoader loader = Library.BASIC.start();
        call(loader, SLF4J, "put", "user", "ann");
        surroundings.look();
        MdcReader reader = surroundings.mdc().in(loader);
        assertThat(reader.read("user")).isEqualTo("ann");
        call(loader, SLF4J, "clear");
        loader.close();
        return new WeakReference<>(loader);
    }

    @Test
    void hides_nameOverMeasure_isHidden() {
        HiddenKeys keys = new HiddenKeys(name -> false);
        assertThat(keys.hides("x".repeat(201))).isTrue();
        assertThat(keys.hides("x".repeat(200))).isFalse();
        for (int i = 0; i < 2_000; i++) {
            assertThat(keys.hides("k" + i)).isFalse();
        }
    }
}
