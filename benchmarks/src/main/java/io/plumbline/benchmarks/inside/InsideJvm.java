package io.plumbline.benchmarks.inside;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Starts JVMs that have the agent inside, see {@link InsideAgent}. */
public final class InsideJvm {
    private final Path java;
    private final Path agentJar;
    private final Path starter;

    /**
     * @param javaHome of the JDK that runs the proofs
     * @param agentJar as {@code package} made it
     * @param folder for the starter's jar; must be there
     * @throws IllegalArgumentException when the agent jar is not there
     */
    public InsideJvm(Path javaHome, Path agentJar, Path folder) throws IOException {
        if (!Files.isRegularFile(agentJar)) {
            throw new IllegalArgumentException(
                    "the agent jar is not there: " + agentJar + "; build it with ./mvnw -pl probe-agent -am package");
        }
        this.java = javaHome.resolve("bin/java");
        this.agentJar = agentJar.toAbsolutePath().normalize();
        this.starter = folder.resolve("inside-agent.jar").toAbsolutePath();
        writeStarter(starter);
    }

    /** The agent jar where the build leaves it, seen from the folder of this module. */
    public static Path builtAgent() {
        return Path.of("../probe-agent/target/plumbline-agent.jar");
    }

    /** The JDK that proofs run on: the one that the property {@code proof.java.home} names, else this one. */
    public static Path javaHome() {
        String chosen = System.getProperty("proof.java.home", "");
        return Path.of(chosen.isEmpty() ? System.getProperty("java.home") : chosen);
    }

    /** What a JDK says of its version. */
    public static String version(Path javaHome) throws IOException {
        return Files.readAllLines(javaHome.resolve("release")).stream()
                .filter(line -> line.startsWith("JAVA_VERSION="))
                .map(line -> line.split("\"")[1])
                .findFirst()
                .orElse("unknown");
    }

    /** The folder of the proofs' classes. */
    public static Path classes() {
        try {
            return Path.of(InsideJvm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The command line of a JVM without the agent, to compare with.
     *
     * @param jvm options of the JVM, the class path among them
     */
    public List<String> without(List<String> jvm) {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(jvm);
        return command;
    }

    /**
     * The command line of a JVM that runs a class inside before its {@code main}.
     *
     * @param jvm options of the JVM
     * @param inside whose {@code run} is called
     * @param arguments without {@code |}
     */
    public List<String> with(List<String> jvm, Class<?> inside, List<String> arguments) {
        List<String> all =
                new ArrayList<>(List.of(agentJar.toString(), classes().toString(), inside.getName()));
        all.addAll(arguments);
        List<String> command = without(jvm);
        command.add("-javaagent:" + starter + "=" + String.join("|", all));
        return command;
    }

    /** What must be on the class path, as {@code -javaagent} of the agent jar would put it there. */
    public String classPath() {
        return agentJar + File.pathSeparator + starter;
    }

    /**
     * Runs a process to its end and returns its exit code; it is killed when it takes longer.
     *
     * @param output where its output goes
     */
    public static int run(List<String> command, Path output, Duration within) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("still running after " + within + ", see " + output);
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void writeStarter(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", InsideAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Class<?> type : List.of(InsideAgent.class, Nothing.class)) {
                String entry = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(out);
                }
            }
        }
    }
}
