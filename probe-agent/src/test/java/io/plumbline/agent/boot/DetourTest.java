package io.plumbline.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.internal.marshal.Marshaler;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.quiet.NoManagement;
import io.plumbline.agent.quiet.QuietLogger;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

class DetourTest {
    private static final List<Class<?>> LIBRARIES = List.of(
            Attributes.class,
            Context.class,
            Marshaler.class,
            Clock.class,
            SdkLoggerProvider.class,
            SdkMeterProvider.class,
            Resource.class,
            KafkaConsumer.class);

    private static byte[] bytes(Class<?> type) {
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The methods of some classes that a class calls, as {@code owner.name(arguments)result}. */
    private static Set<String> calls(byte[] bytes, Set<String> owners) {
        Set<String> calls = new TreeSet<>();
        new ClassReader(bytes)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] thrown) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String called, String type, boolean isOfType) {
                                        if (owners.contains(owner)) {
                                            calls.add(owner + "." + called + type);
                                        }
                                    }
                                };
                            }
                        },
                        0);
        return calls;
    }

    private static Stream<String> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .map(method -> Type.getInternalName(type) + "." + method.getName() + Type.getMethodDescriptor(method));
    }

    @Test
    void lead_librariesOfTheAgent_callOnlyWhatThereIs() throws Exception {
        Set<String> there = Stream.of(QuietLogger.class, NoManagement.class)
                .flatMap(DetourTest::methods)
                .collect(Collectors.toSet());
        Set<String> owners = Set.of(Type.getInternalName(QuietLogger.class), Type.getInternalName(NoManagement.class));
        Set<String> called = new TreeSet<>();
        for (Class<?> library : LIBRARIES) {
            Path jar = Path.of(
                    library.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (JarFile opened = new JarFile(jar.toFile(), false)) {
                for (JarEntry entry : opened.stream().toList()) {
                    String name = entry.getName().replace('/', '.');
                    if (name.endsWith(".class") && !name.startsWith("org.apache.kafka.shaded.")) {
                        byte[] bytes = opened.getInputStream(entry).readAllBytes();
                        called.addAll(calls(Detour.lead(Detour.named(name), bytes), owners));
                    }
                }
            }
        }

        assertThat(called).isNotEmpty().allMatch(there::contains, "is a method of the classes that stand in");
    }

    @Test
    void lead_aClassThatNamesNeither_staysAsItIs() throws Exception {
        byte[] bytes = bytes(QuietLogger.class);

        assertThat(Detour.lead(QuietLogger.class.getName(), bytes)).isEqualTo(bytes);
    }

    @Test
    void lead_aClassThatAsksForTheServer_asksElsewhere() throws Exception {
        byte[] led = Detour.lead(Detour.named(AppInfoParser.class.getName()), bytes(AppInfoParser.class));

        assertThat(calls(led, Set.of("java/lang/management/ManagementFactory"))).isEmpty();
        assertThat(calls(led, Set.of(Type.getInternalName(NoManagement.class)))).isNotEmpty();
    }

    @Test
    void lead_kafkasClient_hasAnotherNameEverywhere() throws Exception {
        String own = Detour.named(KafkaConsumer.class.getName());
        byte[] led = Detour.lead(own, bytes(KafkaConsumer.class));

        assertThat(own).isEqualTo("io.plumbline.agent.kafka.clients.consumer.KafkaConsumer");
        assertThat(Detour.inJar(own)).isEqualTo(KafkaConsumer.class.getName());
        assertThat(new ClassReader(led).getClassName()).isEqualTo(own.replace('.', '/'));
        assertThat(new String(led, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("org/apache/kafka/", "org.apache.kafka.");
    }

    @Test
    void lead_whatNamesClassesOfTheProgram_keepsThem() throws Exception {
        byte[] bytes = bytes(io.plumbline.config.redaction.Redaction.class);

        assertThat(Detour.lead("io.plumbline.config.redaction.HiddenTypes", bytes))
                .isSameAs(bytes);
    }
}
