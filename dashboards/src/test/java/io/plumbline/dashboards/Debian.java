package io.plumbline.dashboards;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that a test needs beyond a JDK, from Debian's packages where they can be installed. */
final class Debian {
    private static final Path APT = Path.of("/usr/bin/apt-get");
    private static final int PATIENCE_SECONDS = 120;

    private Debian() {}

    /** The program: a variable names it, or it is on the PATH, if need be after its package was installed; empty if there is none. */
    static Optional<Path> program(String name, String packageName, String variable) {
        String named = System.getenv(variable);
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        Optional<Path> found = onPath(name);
        if (found.isEmpty() && Files.isExecutable(APT) && "root".equals(System.getProperty("user.name"))) {
            run("update", "-qq");
            run("install", "-y", "-qq", packageName);
            return onPath(name);
        }
        return found;
    }

    private static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(APT.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // then it is not there, which the caller says
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
