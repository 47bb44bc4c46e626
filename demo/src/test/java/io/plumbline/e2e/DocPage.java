package io.plumbline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the docs and its fenced blocks. */
record DocPage(String name, List<DocBlock> blocks) {
    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern FENCE = Pattern.compile("^(\\s*)```(\\S*)\\s*$");
    private static final Pattern COMMENT = Pattern.compile("^\\s*<!--\\s*(.*?)\\s*-->\\s*$");
    private static final String TUTORIAL = "docs/tutorial.md";

    /** All pages that users read; the tutorial first, for it starts what the others' commands speak to. */
    static List<DocPage> all() throws IOException {
        try (Stream<Path> docs = Files.list(REPOSITORY.resolve("docs"))) {
            Stream<Path> others = Stream.of("README.md", "demo/BUG.md", "dashboards/README.md")
                    .map(REPOSITORY::resolve);
            List<Path> files = Stream.concat(others, docs.sorted())
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
            List<DocPage> pages = new ArrayList<>();
            for (Path file : files) {
                DocPage page = read(file);
                pages.add(page.name.equals(TUTORIAL) ? 0 : pages.size(), page);
            }
            return pages;
        }
    }

    private static DocPage read(Path file) throws IOException {
        String name = REPOSITORY.relativize(file).toString();
        List<String> lines = Files.readAllLines(file);
        List<DocBlock> blocks = new ArrayList<>();
        String mark = "";
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int end = i + 1;
                while (!lines.get(end).strip().equals("```")) {
                    end++;
                }
                int indent = fence.group(1).length();
                List<String> text = lines.subList(i + 1, end).stream()
                        .map(line -> line.substring(Math.min(indent, line.length())))
                        .toList();
                blocks.add(new DocBlock(name + ":" + (i + 1), fence.group(2), mark, text));
                i = end;
            }
            Matcher comment = COMMENT.matcher(lines.get(i));
            mark = comment.matches() ? comment.group(1) : lines.get(i).isBlank() ? mark : "";
        }
        return new DocPage(name, blocks);
    }
}
