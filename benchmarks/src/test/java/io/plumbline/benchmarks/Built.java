package io.plumbline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.benchmarks.inside.InsideJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What tests of the proofs need that the build makes. */
public final class Built {

    private Built() {}

    /** JVMs with the built agent; the test is left out where {@code package} has not made it. */
    public static InsideJvm jvm(Path folder) throws IOException {
        assumeThat(Files.exists(InsideJvm.builtAgent()))
                .as("the agent jar is built by 'package', not by 'test'")
                .isTrue();
        return new InsideJvm(InsideJvm.javaHome(), InsideJvm.builtAgent(), folder);
    }

    /** A jar of the class path. */
    public static Path jar(String name) {
        Path found = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().matches(name.replace(".", "\\.") + "-[0-9].*\\.jar"))
                .filter(path -> !path.toString().endsWith("-tests.jar"))
                .findFirst()
                .orElse(null);
        assertThat(found).as("%s on the class path", name).isNotNull();
        return found;
    }
}
