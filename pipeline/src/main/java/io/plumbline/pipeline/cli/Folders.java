package io.plumbline.pipeline.cli;

import io.plumbline.pipeline.control.ControlFile;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where things are: the user's data, and the parts of the installation. */
final class Folders {
    private static final String DEMO = "demo";

    private Folders() {}

    /** {@code --data}, else {@code PLUMBLINE_DATA}, else {@code ~/.plumbline}. */
    static Path data(Path given) {
        if (given != null) {
            return given.toAbsolutePath();
        }
        String variable = System.getenv("PLUMBLINE_DATA");
        return variable == null || variable.isBlank()
                ? Path.of(System.getProperty("user.home"), ".plumbline")
                : Path.of(variable).toAbsolutePath();
    }

    /** {@code --plugins}, else the folder of that name in the data if it is there, else null. */
    static Path plugins(Path given, Path data) {
        Path byDefault = data.resolve("plugins");
        return given != null ? given.toAbsolutePath() : Files.isDirectory(byDefault) ? byDefault : null;
    }

    /** The demo's own folder in the user's data. */
    static Path demo(Path data) {
        return data.resolve(DEMO);
    }

    /** A control plane that runs on this data, or the demo's. */
    static Optional<ControlFile> control(Path data) {
        return ControlFile.read(data).or(() -> ControlFile.read(demo(data)));
    }

    static Path agentJar() {
        return part("probe-agent/target/plumbline-agent.jar", "plumbline-agent.jar");
    }

    static Path demoJar() {
        return part("demo/target/plumbline-demo.jar", "demo/plumbline-demo.jar");
    }

    static Path openTelemetryJar() {
        return part("demo/target/agents/opentelemetry-javaagent.jar", "demo/opentelemetry-javaagent.jar");
    }

    static Path demoProbes() {
        return home().resolve("config/probes");
    }

    /** The demo's sources, for the console; a distribution has none, there they are decompiled. */
    static Optional<Path> demoSources() {
        return Optional.of(home().resolve("demo/src/main/java")).filter(Files::isDirectory);
    }

    /** In a checkout, or beside the jars of an unpacked distribution. */
    private static Path part(String inCheckout, String beside) {
        Path home = home();
        Path checkout = home.resolve(inCheckout);
        return Files.exists(checkout) || !Files.exists(home.resolve(beside)) ? checkout : home.resolve(beside);
    }

    /** The launcher says where it lies, in a checkout or a distribution; else three folders above the jar or classes of this program. */
    private static Path home() {
        String told = System.getProperty("plumbline.home");
        if (told != null) {
            return Path.of(told);
        }
        try {
            Path code = Path.of(Folders.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return code.getParent().getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path of this program", e);
        }
    }

    /** How the user called us, for hints that can be copied. */
    static String launcher() {
        return System.getProperty("plumbline.launcher", "plumb");
    }
}
