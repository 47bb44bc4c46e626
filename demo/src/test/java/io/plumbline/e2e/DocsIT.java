package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the docs do what the docs say. All of them are typed, those of a page in their order, beside the demo that the
 * tutorial starts; what can't run here has a comment above it that says why, and is checked as far as that goes.
 */
class DocsIT {
    private static final Set<String> CHANGING = Set.of("docs/api.md", "docs/probes.md", "docs/security.md");

    @TempDir
    private Path folder;

    @Test
    void commandsOfAllPages_doWhatTheirPageSays() throws Exception {
        assumeThat(Plumb.isBuilt() && Files.exists(Path.of("target/plumbline-demo.jar")))
                .as("the demo's jars are built by 'package'")
                .isTrue();
        List<String> notRun = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        List<DocPage> pages = DocPage.all();
        try (DocUnrun unrun = new DocUnrun()) {
            for (DocPage page : pages) {
                look(page, unrun, notRun, failures);
            }
            String reference = Files.readString(DocPage.REPOSITORY.resolve("docs/commands.md"));
            assertThat(unrun.commands())
                    .hasSizeGreaterThan(30)
                    .allSatisfy(command ->
                            assertThat(reference).as("docs/commands.md").contains("plumb " + command));
        }
        try (DocRun run = new DocRun(folder)) {
            run.read(pages.get(0), true);
            run.read(pages.get(1), false);
            List<DocPage> rest = pages.subList(2, pages.size());
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> read(run, rest, true));
            read(run, rest, false);
            other.join();
            report(run.ran(), notRun);
            failures.addAll(run.failures());
        }
        assertThat(failures).as(String.join("\n", failures)).isEmpty();
    }

    /** Two readers: these pages change what the demo has set, one after the other, and the rest does not. */
    private static void read(DocRun run, List<DocPage> pages, boolean isChanging) {
        try {
            for (DocPage page : pages) {
                if (CHANGING.contains(page.name()) == isChanging) {
                    run.read(page, false);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void look(DocPage page, DocUnrun unrun, List<String> notRun, List<String> failures)
            throws Exception {
        for (DocBlock block : page.blocks()) {
            if (!block.isShell() && block.looksLikeCommands()) {
                failures.add(block.place() + ": a block with commands begins with ```sh, or with ```console and '$ '");
            }
            if (block.isShell() && block.notRun().isPresent()) {
                for (DocCommand command : block.commands()) {
                    notRun.add(command + "   (" + block.notRun().get() + ")");
                    unrun.complaint(command).ifPresent(text -> failures.add(command + "\n  " + text));
                }
            }
        }
    }

    private static void report(int ran, List<String> notRun) {
        System.out.println("docs: " + ran + " commands were run, these " + notRun.size() + " were not:");
        notRun.forEach(command -> System.out.println("docs: not run  " + command));
    }
}
