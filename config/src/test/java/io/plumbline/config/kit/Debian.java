package io.plumbline.config.kit;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What a test needs beyond a JDK, from Debian's packages where they can be installed. Tests of several JVMs install one after the other. */
public final class Debian {
    private static final Path APT = Path.of("/usr/bin/apt-get");
    private static final Path LOCK = Path.of(System.getProperty("java.io.tmpdir"), "plumbline-apt.lock");
    private static final int PATIENCE_SECONDS = 120;

    private Debian() {}

    /** The program: a variable names it, or it is on the PATH, if need be after its package was installed; empty if there is none. */
    public static Optional<Path> program(String name, String packageName, String variable) {
        String named = System.getenv(variable);
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        install(packageName, () -> onPath(name).isPresent());
        return onPath(name);
    }

    /** Installs a package where that is possible; returns whether a file of it is there. */
    public static boolean has(String packageName, Path file) {
        install(packageName, () -> Files.exists(file));
        return Files.exists(file);
    }

    private static synchronized void install(String packageName, BooleanSupplier isThere) {
        if (isThere.getAsBoolean() || !Files.isExecutable(APT) || !"root".equals(System.getProperty("user.name"))) {
            return;
        }
        // apt-get does not wait for another one that fetches lists
        try (FileChannel lock = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            if (!isThere.getAsBoolean()) {
                run("update", "-qq");
                run("install", "-y", "-qq", packageName);
            }
        } catch (IOException e) {
            // then it is not there, which the caller says
        }
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
