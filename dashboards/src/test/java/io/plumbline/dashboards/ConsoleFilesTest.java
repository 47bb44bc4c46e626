package io.plumbline.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every file of the console: nothing from elsewhere, nothing inline, no text that becomes HTML. */
class ConsoleFilesTest {
    private static final List<String> MAKES_HTML = List.of(
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "DOMParser",
            "createContextualFragment",
            "srcdoc",
            "eval(",
            "new Function",
            "javascript:",
            ".href =",
            ".src =");

    private static final Pattern OTHER_HOST = Pattern.compile("https?://|[\"'(]//[a-z0-9]", Pattern.CASE_INSENSITIVE);
    private static final Pattern IMPORT = Pattern.compile("from '([^']+)'|import\\('([^']+)'\\)");
    private static final Pattern LINKED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
    private static final Pattern INLINE =
            Pattern.compile("<style|<script(?![^>]*\\ssrc=)(?! type=\"importmap\">)|\\s(?:on[a-z]+|style)\\s*=");

    private static final Pattern CLASS_RULE = Pattern.compile("^\\.[a-z][a-z.-]*(?=[ ,:>\\[{])", Pattern.MULTILINE);

    static Stream<Path> all() {
        return DashboardFiles.console().stream();
    }

    static Stream<Path> scripts() {
        return all().filter(file -> file.toString().endsWith(".js"));
    }

    static Stream<Path> pages() {
        return all().filter(file -> file.toString().endsWith(".html"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void file_isServedByItsName_andNamesNoOtherHost(Path file) throws IOException {
        String text = Files.readString(file).replace("http://www.w3.org/2000/svg", "");

        assertThat(DashboardFiles.CONSOLE.relativize(file).toString()).matches("[a-z0-9/-]+\\.(html|css|js|svg)");
        assertThat(OTHER_HOST.matcher(text).results().map(found -> text.substring(found.start())))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void script_isTypeChecked_importsWhatIsThere_andMakesNoHtml(Path file) throws IOException {
        String text = Files.readString(file);

        assertThat(text).startsWith("// @ts-check\n").doesNotContain(MAKES_HTML);
        assertThat(text.lines().count()).isLessThan(300);
        Matcher imports = IMPORT.matcher(text.replaceAll("import\\('([^']+)'\\)\\.", ""));
        while (imports.find()) {
            String name = imports.group(1) == null ? imports.group(2) : imports.group(1);
            if (name.startsWith(".")) {
                assertThat(file.resolveSibling(name)).isRegularFile();
            } else {
                assertThat(ConsoleLibraries.imports()).containsKey(name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_linksToWhatIsThere_andHasNothingInline(Path file) throws IOException {
        String text = Files.readString(file);

        assertThat(INLINE.matcher(text).results().map(found -> text.substring(found.start())))
                .isEmpty();
        assertThat(LINKED.matcher(text).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(link).startsWith("/console/"))
                .allSatisfy(link -> assertThat(ConsoleLibraries.file(link)).isRegularFile());
    }

    @Test
    void libraries_areServed_andOpenNoDoor() throws IOException {
        assertThat(ConsoleLibraries.imports()).isNotEmpty();
        for (String path : ConsoleLibraries.imports().values()) {
            Path file = ConsoleLibraries.file(path);
            assertThat(file).isRegularFile();
            assertThat(Files.readString(file)).doesNotContain("new Function(", "eval(");
            assertThat(ConsoleLibraries.licence(path)).isRegularFile();
        }
    }

    /** All of them are loaded at once: a class of one screen would change another's. */
    @Test
    void screensStyles_doNotMeet() throws IOException {
        Map<String, Path> owners = new HashMap<>();
        for (Path file : all().filter(one -> one.getParent().endsWith("css")).toList()) {
            Set<String> rules = CLASS_RULE
                    .matcher(Files.readString(file))
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toSet());
            for (String rule : rules) {
                assertThat(owners.putIfAbsent(rule, file))
                        .as(rule + " in " + file)
                        .isNull();
            }
        }
    }
}
