package io.plumbline.benchmarks.jars;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Copies jars out of the Maven repository by the project's own Maven, which downloads those that are not there yet. Once
 * all of them are, no network is needed.
 */
public final class MavenJars {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final Path project;

    /**
     * @param project the folder of the project's first {@code pom.xml}, which says which version of the plugin copies
     */
    public MavenJars(Path project) {
        this.project = project.toAbsolutePath().normalize();
    }

    /**
     * Copies the jars into a folder.
     *
     * @throws IOException with Maven's words when one can't be had
     */
    public void copy(List<MavenJar> jars, Path folder) throws IOException, InterruptedException {
        if (jars.stream().allMatch(jar -> Files.exists(folder.resolve(jar.fileName())))) {
            return;
        }
        Files.createDirectories(folder);
        Path pom = Files.writeString(folder.resolve("pom.xml"), pom(jars, folder.toAbsolutePath()));
        Path output = folder.resolve("maven.out");
        Process maven = new ProcessBuilder(
                        project.resolve("mvnw").toString(), "-q", "-B", "-ntp", "-f", pom.toString(), "dependency:copy")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!maven.waitFor(TIMEOUT.toMinutes(), TimeUnit.MINUTES) || maven.exitValue() != 0) {
            maven.destroy();
            throw new IOException("the jars can't be downloaded:\n" + Files.readString(output));
        }
    }

    private String pom(List<MavenJar> jars, Path folder) {
        // Maven takes no absolute path for it
        Path parent = folder.normalize().relativize(project.resolve("pom.xml"));
        StringBuilder items = new StringBuilder();
        for (MavenJar jar : jars) {
            items.append("<artifactItem><groupId>").append(jar.group());
            items.append("</groupId><artifactId>").append(jar.artifact());
            items.append("</artifactId><version>").append(jar.version());
            items.append("</version><classifier>").append(jar.classifier());
            items.append("</classifier></artifactItem>\n");
        }
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>io.plumbline</groupId>
                    <artifactId>plumbline</artifactId>
                    <version>0.1.0-SNAPSHOT</version>
                    <relativePath>PARENT</relativePath>
                  </parent>
                  <artifactId>corpus</artifactId>
                  <packaging>pom</packaging>
                  <build><plugins><plugin>
                    <groupId>org.apache.maven.plugins</groupId>
                    <artifactId>maven-dependency-plugin</artifactId>
                    <configuration>
                      <outputDirectory>FOLDER</outputDirectory>
                      <artifactItems>ITEMS</artifactItems>
                    </configuration>
                  </plugin></plugins></build>
                </project>
                """.replace("PARENT", parent.toString())
                .replace("FOLDER", folder.toString())
                .replace("ITEMS", items);
    }
}
