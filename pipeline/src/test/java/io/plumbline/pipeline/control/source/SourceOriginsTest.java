package io.plumbline.pipeline.control.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.pipeline.control.source.Origin.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where sources come from, on real files. */
final class SourceOriginsTest {
    private static final SourcePath ORDER =
            SourcePath.of("shop.Order", "Order.java").orElseThrow();

    @TempDir
    Path folder;

    private Path write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../shop.Order",
                "shop/Order",
                "shop\\Order",
                "/etc/passwd",
                "..",
                "shop..Order",
                ".shop.Order",
                "shop.Order.",
                "shop.%2e%2e.Order",
                "shop.Or\0der",
                "shop.Or\nder",
                "C:shop",
                ""
            })
    void aClassThatIsNoPlainName_makesNoPath(String type) {
        assertThat(SourcePath.of(type, "Order.java")).isEmpty();
        assertThat(SourcePath.isClass(type)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../Order.java",
                "../../etc/passwd",
                "/etc/passwd",
                "a/Order.java",
                "a\\Order.java",
                "..java",
                ".java",
                "Order",
                "Order.java/../x.java",
                "Ord\0er.java",
                ""
            })
    void aFileThatIsNoPlainName_makesNoPath(String file) {
        assertThat(SourcePath.of("shop.Order", file)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "shop.Order$Line, shop.Order",
        "shop.Order$1, shop.Order",
        "shop.$Proxy, shop.$Proxy",
        "Order$Line$X, Order",
        "shop.Order, shop.Order"
    })
    void aNestedClass_isInItsOutermost(String type, String outermost) {
        assertThat(SourcePath.outermost(type)).isEqualTo(outermost);
    }

    @Test
    void folder_isSearchedForRoots_mainBeforeTest() throws IOException {
        write("a/src/test/java/shop/Order.java", "test");
        write("module/src/main/java/shop/Order.java", "main");
        write("target/generated/shop/Order.java", "built");
        write("other/Order.java", "another package");

        Found found = new FolderOrigin(folder).find(ORDER, "").orElseThrow();
        assertThat(found.text()).isEqualTo("main");
        assertThat(found.kind()).isEqualTo("folder");
        assertThat(new FolderOrigin(folder.resolve("other")).find(ORDER, "")).isEmpty();
    }

    @Test
    void folder_aLinkOutOfIt_isNotFollowed() throws IOException {
        write("secret/shop/Order.java", "secret");
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.createDirectories(root.resolve("src/shop"));
        Files.createSymbolicLink(root.resolve("shop"), folder.resolve("secret/shop"));
        Files.createSymbolicLink(root.resolve("src/shop/Order.java"), folder.resolve("secret/shop/Order.java"));

        assertThat(new FolderOrigin(root).find(ORDER, "")).isEmpty();
    }

    @Test
    void git_isReadAsOfTheCommit_elseAsOfHead_withThatSaid() throws IOException, GitAPIException {
        try (Git git = Git.init().setDirectory(folder.toFile()).call()) {
            RevCommit first = commit(git, "first");
            RevCommit second = commit(git, "second");
            write("src/main/java/shop/Order.java", "not committed");
            GitOrigin origin = new GitOrigin(folder);

            Found deployed = origin.find(ORDER, first.name().substring(0, 9)).orElseThrow();
            assertThat(deployed.text()).isEqualTo("first");
            assertThat(deployed.commit()).isEqualTo(first.name());
            assertThat(deployed.doubt()).isEmpty();
            assertThat(deployed.where()).endsWith("/src/main/java/shop/Order.java");
            assertThat(origin.find(ORDER, first.name() + "-dirty").orElseThrow().doubt())
                    .contains("not committed");
            Found head = origin.find(ORDER, "").orElseThrow();
            assertThat(head.text()).isEqualTo("second");
            assertThat(head.commit()).isEqualTo(second.name());
            assertThat(head.doubt()).contains("HEAD", "does not say which commit");
            assertThat(origin.find(ORDER, "0123456789").orElseThrow().doubt()).contains("has no commit 0123456789");
            assertThat(origin.find(ORDER, "main:secret").orElseThrow().text()).isEqualTo("second");
            assertThat(origin.find(SourcePath.of("op.Order", "Order.java").orElseThrow(), ""))
                    .isEmpty();
        }
    }

    private RevCommit commit(Git git, String text) throws IOException, GitAPIException {
        write("src/main/java/shop/Order.java", text);
        git.add().addFilepattern(".").call();
        return git.commit()
                .setMessage(text)
                .setAuthor("a", "a@example.com")
                .setCommitter("a", "a@example.com")
                .setSign(false)
                .call();
    }

    @Test
    void sourcesJars_areSearched_theLatestFirst() throws IOException {
        for (String version : List.of("1.0", "1.1")) {
            try (JarOutputStream jar =
                    new JarOutputStream(Files.newOutputStream(folder.resolve("shop-" + version + "-sources.jar")))) {
                jar.putNextEntry(new ZipEntry("shop/Order.java"));
                jar.write(version.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        Found found = new JarOrigin(folder).find(ORDER, "").orElseThrow();
        assertThat(found.text()).isEqualTo("1.1");
        assertThat(found.where()).endsWith("shop-1.1-sources.jar!/shop/Order.java");
    }

    @Test
    void settings_ofAService_comeBeforeThoseOfAll() throws IOException {
        write("all/x", "");
        write("own/x", "");
        SourceSettings settings = SourceSettings.of(Map.of(
                "control.source.folders", folder.resolve("all").toString(),
                "control.source.my.shop.folders", folder.resolve("own") + ", " + folder.resolve("all"),
                "control.source.jars", folder.toString()));

        assertThat(settings.of("other")).hasSize(2).first().isEqualTo(new FolderOrigin(folder.resolve("all")));
        assertThat(settings.of("my.shop")).hasSize(4).first().isEqualTo(new FolderOrigin(folder.resolve("own")));
        assertThat(SourceSettings.isOurs("control.source.shop.git")).isTrue();
        assertThat(SourceSettings.isOurs("control.source.shop")).isFalse();
        assertThatThrownBy(() -> SourceSettings.of(Map.of("control.source.git", folder.toString())))
                .hasMessageContaining("control.source.git must name Git repositories");
        assertThatThrownBy(() -> SourceSettings.of(Map.of("control.source.folders", folder + "/nothing")))
                .hasMessageContaining("control.source.folders must name folders that are there");
    }
}
