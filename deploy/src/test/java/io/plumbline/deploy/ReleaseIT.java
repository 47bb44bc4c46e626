package io.plumbline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive as people get it: unpacked elsewhere, run by a user whose home is empty, without sources and without Maven. */
class ReleaseIT {
    private static final String NAME = "plumb-" + Tree.VERSION;

    @TempDir
    static Path folder;

    private static Path release;
    private static Plumb plumb;

    @BeforeAll
    static void unpack() throws Exception {
        Path archive = Path.of("target", NAME + ".tar.gz").toAbsolutePath();
        Process tar = new ProcessBuilder("tar", "xzf", archive.toString())
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        release = folder.resolve(NAME);
        plumb = new Plumb(release, Files.createDirectory(folder.resolve("home")));
    }

    @AfterAll
    static void end() throws InterruptedException {
        plumb.close();
    }

    @Test
    void archive_hasOneFolder_withEverythingInIt() throws IOException {
        try (Stream<Path> top = Files.list(folder)) {
            assertThat(top.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(NAME, "home");
        }
        assertThat(List.of(
                        "plumb",
                        "plumbline-agent.jar",
                        "lib/plumbline-pipeline.jar",
                        "demo/plumbline-demo.jar",
                        "demo/opentelemetry-javaagent.jar",
                        "config/settings/pipeline.properties.example",
                        "config/settings/agent.properties.example",
                        "config/probes/orders.yaml",
                        "config/schema/probe.json",
                        "dashboards/prometheus/plumbline-scrape.yml",
                        "dashboards/grafana/provisioning/datasources/plumbline.yaml",
                        "docs/deployment.md",
                        "docs/security.md",
                        "docs/images/source.png",
                        "deploy/kubernetes/base/kustomization.yaml",
                        "README.md",
                        "CHANGELOG.md",
                        "LICENSE",
                        "NOTICE",
                        "THIRD-PARTY.txt"))
                .allSatisfy(name -> assertThat(release.resolve(name)).exists());
        assertThat(Files.isExecutable(release.resolve("plumb"))).isTrue();
    }

    @Test
    void archive_hasWhatImagesAreMadeOf() {
        for (Path file : DockerfilesTest.dockerfiles()) {
            assertThat(release.resolve("deploy/docker").resolve(file.getFileName()))
                    .exists();
            assertThat(DockerfilesTest.copied(file))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(release.resolve(name)).exists())
                    .allSatisfy(name ->
                            assertThat(Path.of("target/plumb").resolve(name)).exists());
        }
    }

    @Test
    void everyLibrary_isOnTheList_withALicence() throws IOException {
        List<String> listed = Tree.text(release.resolve("THIRD-PARTY.txt"))
                .lines()
                .filter(line -> line.matches("[A-Za-z0-9._-]+:[A-Za-z0-9._-]+:[A-Za-z0-9._-]+"))
                .map(line -> line.split(":"))
                .map(parts -> parts[1] + "-" + parts[2])
                .toList();
        try (Stream<Path> jars = Files.list(release.resolve("lib"))) {
            List<String> foreign = jars.map(jar -> jar.getFileName().toString().replaceFirst("\\.jar$", ""))
                    .filter(name -> !name.endsWith(Tree.VERSION) && !name.equals("plumbline-pipeline"))
                    .toList();
            assertThat(foreign).hasSizeGreaterThan(50);
            // a classifier, such as netty's -linux-x86_64, stands behind the version
            assertThat(foreign).allSatisfy(name -> assertThat(listed).anyMatch(name::startsWith));
        }
        assertThat(listed).anyMatch(name -> name.startsWith("opentelemetry-javaagent-"));
    }

    @Test
    void consolesLibraries_haveTheirLicences() throws IOException {
        Path console = Tree.ROOT.resolve("dashboards/target/classes/dashboards/console/lib");
        try (Stream<Path> libraries = Files.list(console)) {
            assertThat(libraries.filter(Files::isDirectory).toList())
                    .isNotEmpty()
                    .allSatisfy(library -> assertThat(Tree.text(library.resolve("LICENSE")))
                            .containsAnyOf("MIT", "Permission is hereby granted, free of charge", "Apache License"));
        }
    }

    @Test
    void agentsJar_hasNothingOfTheLibrariesThatApplicationsCouldSee() throws IOException {
        try (JarFile jar = new JarFile(release.resolve("plumbline-agent.jar").toFile());
                InputStream in = jar.getInputStream(jar.getEntry("META-INF/MANIFEST.MF"))) {
            assertThat(new Manifest(in).getMainAttributes().getValue("Implementation-Version"))
                    .isEqualTo(Tree.VERSION);
            assertThat(jar.stream().filter(entry -> entry.getName().endsWith(".class")))
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(entry.getName()).startsWith("io/plumbline/agent/b"));
        }
    }

    @Test
    void plumb_runsFromTheArchive_andAttachesItsAgent() throws Exception {
        plumb.startUp();
        Process payments = plumb.java("-cp", "demo/plumbline-demo.jar", "io.plumbline.demo.payments.PaymentsMain");

        assertThat(plumb.run("attach", Long.toString(payments.pid()), "--service", "payments"))
                .contains("process " + payments.pid() + " is instance ");
        assertThat(plumb.run("agents")).contains("payments");
        assertThat(Files.exists(plumb.home().resolve(".m2"))).as("no Maven ran").isFalse();
        assertThat(payments.isAlive()).isTrue();
        assertThat(plumb.end(10, TimeUnit.SECONDS)).isTrue();
    }
}
