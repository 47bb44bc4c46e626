package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.bridge.Bridge;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes in the JDK's own classes. */
class JdkClassesTest {
    private static final int DEADLINE_SECONDS = 300;

    /** What the list of numbers comes to without probes. */
    private static final String NUMBERS = "1183096290 66";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.String",
                "java.lang.invoke.MethodHandle",
                "java.lang.Thread$State",
                "java.util.concurrent.ConcurrentHashMap$Node",
                "java.util.concurrent.locks.ReentrantLock",
                "java.util.zip.ZipFile",
                "java.net.URLClassLoader",
                "jdk.internal.misc.Unsafe",
                "java.security.MessageDigest",
                "sun.security.ssl.SSLSocketImpl",
                "javax.crypto.Cipher",
                "javax.net.ssl.SSLContext"
            })
    void denial_ofWhatHitsRunAndOfSecurity_isSaid(String className) {
        assertThat(JdkClasses.denial(className)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.ArrayList",
                "java.util.HashMap$Node",
                "java.util.concurrent.ConcurrentHashMapX",
                "java.util.concurrent.ThreadPoolExecutor",
                "java.net.http.HttpClient",
                "sun.nio.ch.SocketChannelImpl",
                "java.lang.ProcessBuilder$Redirect",
                "java.lang.Runtime"
            })
    void denial_ofOtherClasses_isNone(String className) {
        assertThat(JdkClasses.denial(className)).isNull();
    }

    @Test
    void name_withoutPackageOrOfAFile_meansNoClassOfTheJdk() {
        assertThat(JdkClasses.isNamed("ArrayList", "java.util.ArrayList")).isFalse();
        assertThat(JdkClasses.isNamed("ArrayList.java", "java.util.ArrayList")).isFalse();
        assertThat(JdkClasses.isNamed("java.util.HashMap", "java.util.HashMap$Node"))
                .isTrue();
    }

    @Test
    void probes_inListsAndMapsUnderLoad_countRightAndLeaveNothing() throws Exception {
        Map<String, String> seen = run(List.of("counts"));

        assertThat(seen)
                .containsEntry("state", "INSTALLED")
                .containsEntry("reason", "")
                .containsEntry("bytesChanged", "true")
                .containsEntry("added", "20000")
                .containsEntry("linesAgain", "true")
                .containsEntry("platformLoader", "[2026-11-23 00:00:00]")
                .containsEntry("loadedLater", "PENDING [2.0d]")
                .containsEntry("everyLineInstalled", "true")
                .containsEntry("everyLineHit", "true")
                .containsEntry("everyLine", NUMBERS)
                .containsEntry("putted", "20000")
                .containsEntry("unconditional", "true")
                .containsEntry("failure", "null null null")
                .containsEntry("simple", "0 PENDING")
                .containsEntry("classLoading", "n1n2n3")
                .containsEntry("spared", "0")
                .containsEntry("bytesRestored", "true")
                .containsEntry("afterRemoval", "0");
        assertThat(seen.get("simpleReason")).endsWith("loaded and of a like name: java.util.ArrayList");
    }

    /** The JVM does not verify the bootstrap loader's classes unless told to. */
    @Test
    void classes_everyLineWovenAndVerified_behaveAsBefore() throws Exception {
        Map<String, String> seen =
                run(List.of("verify", "5"), "-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal");

        System.out.printf(
                "JDK: %s classes, %s lines, %s sites%n", seen.get("classes"), seen.get("lines"), seen.get("sites"));
        assertThat(seen)
                .containsEntry("same", "true")
                .containsEntry("sameAfter", "true")
                .containsEntry("refused", "[] []")
                .containsEntry("failures", "{}");
        assertThat(Integer.parseInt(seen.get("sites"))).isGreaterThan(5_000);
    }

    private Map<String, String> run(List<String> what, String... flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx512m", "-Xshare:auto"));
        command.addAll(List.of(flags));
        command.add("-Xbootclasspath/a:" + bridge());
        command.add("-javaagent:" + jarOf(ByteBuddyAgent.class));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), JdkProbes.class.getName()));
        command.addAll(what);
        File errors = folder.resolve("errors").toFile();
        Process process = new ProcessBuilder(command).redirectError(errors).start();
        String out;
        try (InputStream in = process.getInputStream()) {
            out = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        assertThat(process.exitValue())
                .as(out + Files.readString(errors.toPath()))
                .isZero();
        Map<String, String> seen = new HashMap<>();
        out.lines().filter(line -> line.indexOf('=') > 0).forEach(line -> {
            seen.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        });
        return seen;
    }

    /** The bridge's classes alone, where the bootstrap loader finds them before the class path does. */
    private Path bridge() throws Exception {
        Path source = Path.of(
                Bridge.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        String packagePath = Bridge.class.getPackageName().replace('.', '/');
        Path target = Files.createDirectories(folder.resolve("boot").resolve(packagePath));
        try (Stream<Path> files = Files.list(source.resolve(packagePath))) {
            for (Path file : files.toList()) {
                copy(file, target);
            }
        }
        return folder.resolve("boot");
    }

    private static void copy(Path file, Path target) throws IOException {
        Files.copy(file, target.resolve(file.getFileName()));
    }

    private static Path jarOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
