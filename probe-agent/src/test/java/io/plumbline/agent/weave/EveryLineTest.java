package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.plumbline.agent.bridge.Bridge;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.apache.commons.collections.MapUtils;
import org.apache.commons.lang.StringUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.log4j.Logger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Weaves all lines of the classes of real jars and has the JVM verify them: it does so with every retransformation. Large jars are sampled, every n-th class, to
 * keep the build short.
 */
class EveryLineTest {
    private static final Map<String, Class<?>> JARS = Map.of(
            "kafka-clients", KafkaProducer.class,
            "snakeyaml", Yaml.class,
            "jackson-core", JsonFactory.class,
            "byte-buddy-agent", ByteBuddyAgent.class,
            "assertj", Assertions.class,
            "commons-lang 2", StringUtils.class,
            "commons-collections 3", MapUtils.class,
            "log4j 1", Logger.class);

    /** Classes that failed once: two lines of one method, each with a jump that is led around its site. */
    private static final Set<String> ALWAYS = Set.of("org.apache.kafka.clients.consumer.MockConsumer");

    @ParameterizedTest(name = "{0}, every {1}. class")
    @CsvSource({
        "kafka-clients, 12",
        "snakeyaml, 1",
        "jackson-core, 1",
        "byte-buddy-agent, 1",
        "assertj, 6",
        "commons-lang 2, 1",
        "commons-collections 3, 1",
        "log4j 1, 1"
    })
    void weave_allLines_jvmAccepts(String jar, int step) throws Exception {
        Path file = fileOf(JARS.get(jar));
        EverySite everySite = new EverySite();
        List<String> refused = new ArrayList<>();
        WeaveFixture.INSTRUMENTATION.addTransformer(everySite, true);
        try (URLClassLoader loader = ownLoader(file)) {
            List<String> names = classNames(file);
            for (int i = 0; i < names.size(); i++) {
                if (i % step == 0 || ALWAYS.contains(names.get(i))) {
                    load(names.get(i), loader, everySite, refused);
                }
            }
        } finally {
            WeaveFixture.INSTRUMENTATION.removeTransformer(everySite);
        }

        System.out.printf(
                "%s: %d classes, %d lines, %d sites%n", jar, everySite.classes, everySite.lines, everySite.sites);
        assertThat(refused).isEmpty();
        assertThat(everySite.failures).isEmpty();
        assertThat(everySite.classes).isGreaterThan(5);
        assertThat(everySite.sites).isGreaterThanOrEqualTo(everySite.classes);
    }

    private static void load(String name, ClassLoader loader, EverySite everySite, List<String> refused) {
        Class<?> type;
        int methods = 0;
        try {
            type = Class.forName(name, false, loader);
            methods += type.getDeclaredMethods().length;
        } catch (ClassNotFoundException | LinkageError e) {
            return; // what it needs is not on this class path
        }
        if (methods == 0) {
            return;
        }
        everySite.wanted = type;
        try {
            WeaveFixture.INSTRUMENTATION.retransformClasses(type);
        } catch (Exception | LinkageError e) {
            refused.add(name + ": " + e);
        } finally {
            everySite.wanted = null;
        }
    }

    private static Path fileOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Defines the jar's classes itself; all else comes from the class path. */
    private static URLClassLoader ownLoader(Path jar) throws IOException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, Bridge.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                synchronized (getClassLoadingLock(name)) {
                    Class<?> known = findLoadedClass(name);
                    if (known != null) {
                        return known;
                    }
                    try {
                        return findClass(name);
                    } catch (ClassNotFoundException e) {
                        return super.loadClass(name, resolve);
                    }
                }
            }
        };
    }

    private static List<String> classNames(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name ->
                            name.endsWith(".class") && !name.startsWith("META-INF") && !name.contains("module-info"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        }
    }

    /** Weaves every line of the one class that is wanted. */
    private static final class EverySite implements ClassFileTransformer {
        final Map<String, Throwable> failures = new HashMap<>();
        Class<?> wanted;
        int classes;
        int lines;
        int sites;

        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] classfileBuffer) {
            if (type == null || type != wanted) {
                return null;
            }
            try {
                ClassWeaver weaver = new ClassWeaver(classfileBuffer);
                ClassWeaver.Result result = weaver.weave(weaver.everything(), key -> 0);
                classes++;
                lines += weaver.scan().linesOf("").size();
                sites += result.sites().size();
                return result.bytes();
            } catch (Throwable t) {
                failures.put(name, t);
                return null;
            }
        }
    }
}
