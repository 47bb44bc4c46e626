package io.plumbline.pipeline.control.shares;

import io.plumbline.config.text.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A share as an issue for Jira's REST API, version 2, which takes wiki markup. */
final class JiraShare {
    private static final int LINE_CHARS = 500;
    private static final int NOTE_CHARS = 2_000;
    /** Of one signal; a description has 32,767 at most. */
    private static final int PART_CHARS = 5_000;

    private JiraShare() {}

    static String json(ShareTargets.Jira jira, ShareText text, String link) {
        StringBuilder description = new StringBuilder();
        description
                .append("Shared by ")
                .append(JiraText.words(text.by(), LINE_CHARS))
                .append(": [open|")
                .append(link)
                .append("]\n");
        if (!text.note().isEmpty()) {
            description
                    .append("\n")
                    .append(JiraText.words(text.note(), NOTE_CHARS))
                    .append("\n");
        }
        for (ShareText.Part part : text.parts()) {
            description
                    .append("\n")
                    .append(JiraText.words(part.head(), LINE_CHARS))
                    .append("\n");
            if (!part.body().isBlank()) {
                description.append(JiraText.block(part.body(), PART_CHARS)).append("\n");
            }
        }
        if (text.left() > 0) {
            description.append("\n… and ").append(text.left()).append(" more, behind the link\n");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("project", Map.of("key", jira.project()));
        fields.put("issuetype", Map.of("name", jira.type()));
        fields.put("summary", text.title().replaceAll("\\s+", " "));
        fields.put("description", description.toString());
        return Json.write(Map.of("fields", fields));
    }
}
