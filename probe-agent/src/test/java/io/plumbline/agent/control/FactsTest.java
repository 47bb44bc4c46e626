package io.plumbline.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels that an instance has by itself. */
class FactsTest {
    @TempDir
    private Path folder;

    private Path jar(String name, Map<String, String> entries) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> each : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    @Test
    void build_manifestOfTheStartedJar() throws IOException {
        Path jar = jar(
                "shop-1.jar",
                Map.of(
                        "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nImplementation-Version: 1.4.2\nGit-Commit: 4f2a9c1\n\n"));

        assertThat(BuildFacts.of(jar.toString()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("version", "1.4.2", "commit", "4f2a9c1"));
    }

    @Test
    void build_springBootsFiles_goBeforeTheManifest() throws IOException {
        Path jar = jar(
                "boot.jar",
                Map.of(
                        "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Version: 9\n\n",
                        "BOOT-INF/classes/META-INF/build-info.properties", "build.version=2.0.1\n",
                        "BOOT-INF/classes/git.properties", "git.commit.id.abbrev=abc\ngit.commit.id=abcdef012\n"));

        assertThat(BuildFacts.of(jar.toString()))
                .containsEntry("version", "2.0.1")
                .containsEntry("commit", "abcdef012");
    }

    @Test
    void build_onAClassPath_isTheOneOfTheMainClass_notALibrarys() throws IOException {
        Path library =
                jar("lib.jar", Map.of("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Version: 7\n\n"));
        Path program = jar(
                "program.jar",
                Map.of(
                        "shop/Main.class",
                        "",
                        "META-INF/MANIFEST.MF",
                        "Manifest-Version: 1.0\nImplementation-Version: 3\n\n"));

        assertThat(BuildFacts.of("shop.Main", library.toString(), "/nowhere.jar", program.toString()))
                .containsEntry("version", "3");
        assertThat(BuildFacts.of("shop.Other", library.toString())).isEmpty();
        assertThat(BuildFacts.of("/nowhere.jar")).isEmpty();
    }

    @Test
    void kubernetes_byDownwardVariables_podName_andNamespaceFile() throws IOException {
        Path namespace = Files.writeString(folder.resolve("namespace"), "checkout\n");
        Map<String, String> environment = Map.of(
                "KUBERNETES_SERVICE_HOST", "10.0.0.1", "HOSTNAME", "shop-6d4cf56db6-x7k2p", "NODE_NAME", "node-3");

        assertThat(new Facts(environment, namespace).labels())
                .containsEntry("k8s.pod.name", "shop-6d4cf56db6-x7k2p")
                .containsEntry("k8s.deployment.name", "shop")
                .containsEntry("k8s.namespace.name", "checkout")
                .containsEntry("k8s.node.name", "node-3")
                .containsKeys("os.type", "host.arch", "process.runtime.version")
                .doesNotContainKey("k8s.container.name");
        assertThat(new Facts(Map.of("HOSTNAME", "laptop"), namespace).labels()).doesNotContainKey("k8s.pod.name");
    }

    @Test
    void resourceAttributes_areLabels_decoded_andByOurShortNames() {
        Map<String, String> attributes =
                ResourceAttributes.of("service.version=1.2, team=a%2Cb,deployment.environment.name=qa,broken,x=%zz");

        assertThat(ResourceAttributes.labels(attributes))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("version", "1.2", "team", "a,b", "environment", "qa", "x", "%zz"));
    }

    @Test
    void learn_doesNotOverwriteWhatWasSaid() {
        Instance instance = new Instance(
                "a", Map.of("version", "mine"), Instant.EPOCH, () -> Map.of("version", "found", "commit", "1"));

        instance.learn();

        assertThat(instance.labels()).isEqualTo(Map.of("version", "mine", "commit", "1"));
    }
}
