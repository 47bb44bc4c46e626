package io.plumbline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Packages of Debian's that a test needs beyond a JDK. */
final class Debian {
    private static final Path APT = Path.of("/usr/bin/apt-get");
    private static final int PATIENCE_SECONDS = 120;

    private Debian() {}

    /** Installs a package where that is possible; returns whether a file of it is there. */
    static boolean has(String packageName, Path file) {
        if (!Files.exists(file) && Files.isExecutable(APT) && "root".equals(System.getProperty("user.name"))) {
            run("update", "-qq");
            run("install", "-y", "-qq", packageName);
        }
        return Files.exists(file);
    }

    private static void run(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(APT.toString()));
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
