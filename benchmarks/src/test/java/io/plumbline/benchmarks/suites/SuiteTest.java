package io.plumbline.benchmarks.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.benchmarks.Built;
import io.plumbline.benchmarks.jars.MavenJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of commons-codec, with a probe at every line of it; the other suites are run by {@code benchmarks/suites/run}. */
class SuiteTest {
    @TempDir
    private Path folder;

    @Test
    void probesAtEveryLine_testsEndAsWithout() throws Exception {
        Suite suite =
                new Suite(codec(""), codec("tests"), List.of(inClassPath("commons-lang3"), inClassPath("commons-io")));
        for (MavenJar jar :
                List.of(suite.subject(), suite.others().get(0), suite.others().get(1))) {
            Files.copy(Built.jar(jar.artifact()), folder.resolve(jar.fileName()));
        }
        copyTests(suite.tests());
        SuiteProof proof = new SuiteProof(Built.jvm(folder), folder, SuiteRun.engine());

        SuiteProof.Result result = proof.prove(suite, folder, "org.apache.commons.codec.(net|binary).*Codec.*");

        System.out.print(SuiteRun.row(suite, result));
        assertThat(result.changed()).isEmpty();
        assertThat(result.ended("SUCCESSFUL")).isGreaterThan(100);
        assertThat(result.figures().probes()).isGreaterThan(4_000);
        assertThat(result.figures().hitProbes()).isGreaterThan(500);
        assertThat(result.figures().hits()).isGreaterThan(result.figures().hitProbes());
        assertThat(result.figures().stopped()).isZero();
    }

    private static MavenJar codec(String classifier) {
        MavenJar main = inClassPath("commons-codec");
        return new MavenJar(main.group(), main.artifact(), main.version(), classifier);
    }

    private static MavenJar inClassPath(String name) {
        String file = Built.jar(name).getFileName().toString();
        return new MavenJar("any", name, file.substring(name.length() + 1, file.length() - ".jar".length()), "");
    }

    private void copyTests(MavenJar tests) throws IOException {
        Files.copy(Built.jar("commons-codec").resolveSibling(tests.fileName()), folder.resolve(tests.fileName()));
    }
}
