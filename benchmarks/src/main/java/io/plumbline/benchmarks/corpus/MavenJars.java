package io.plumbline.benchmarks.corpus;

import io.plumbline.benchmarks.inside.InsideJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Copies jars out of the Maven repository by the project's own Maven, which downloads those that are not there yet. Once
 * all of them are, no network is needed.
 */
final class MavenJars {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final Path project;

    /**
     * @param project the folder of the project's first {@code pom.xml}, which says which version of the plugin copies
     */
    MavenJars(Path project) {
        this.project = project.toAbsolutePath().normalize();
    }

    /**
     * Copies the jars into a folder.
     *
     * @throws IOException with Maven's words when one can't be had
     */
    void copy(List<CorpusJar> jars, Path folder) throws IOException, InterruptedException {
        if (jars.stream().allMatch(jar -> Files.exists(folder.resolve(jar.fileName())))) {
            return;
        }
        Files.createDirectories(folder);
        Path pom = Files.writeString(folder.resolve("pom.xml"), pom(jars, folder.toAbsolutePath()));
        Path output = folder.resolve("maven.out");
        List<String> command = List.of(
                project.resolve("mvnw").toString(), "-q", "-B", "-ntp", "-f", pom.toString(), "dependency:copy");
        if (InsideJvm.run(command, output, TIMEOUT) != 0) {
            throw new IOException("the corpus can't be downloaded:\n" + Files.readString(output));
        }
    }

    private String pom(List<CorpusJar> jars, Path folder) {
        StringBuilder items = new StringBuilder();
        for (CorpusJar jar : jars) {
            items.append("<artifactItem><groupId>").append(jar.group());
            items.append("</groupId><artifactId>").append(jar.artifact());
            items.append("</artifactId><version>").append(jar.version());
            items.append("</version></artifactItem>\n");
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
                """.replace("PARENT", project.resolve("pom.xml").toString())
                .replace("FOLDER", folder.toString())
                .replace("ITEMS", items);
    }
}
