package io.plumbline.pipeline.control.shares;

import io.plumbline.config.text.Json;
import io.plumbline.exporters.chat.SlackText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A share as a message for Slack's incoming webhooks. Captured text stands in code blocks and can begin no link and no mention. */
final class SlackShare {
    private static final int TITLE_CHARS = 300;
    private static final int NOTE_CHARS = 1_000;
    /** Of one signal; Slack refuses messages from about 11,000 characters on. */
    private static final int PART_CHARS = 1_500;

    private SlackShare() {}

    static String json(ShareText text, String link) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        String head = "*" + SlackText.words(text.title(), TITLE_CHARS) + "*\nshared by " + SlackText.name(text.by())
                + " · " + SlackText.link(link, "open");
        blocks.add(section(text.note().isEmpty() ? head : head + "\n" + SlackText.words(text.note(), NOTE_CHARS)));
        for (ShareText.Part part : text.parts()) {
            String body = part.body().isBlank() ? "" : "\n" + SlackText.block(part.body(), PART_CHARS);
            blocks.add(section(SlackText.words(part.head(), TITLE_CHARS) + body));
        }
        if (text.left() > 0) {
            blocks.add(section("… and " + text.left() + " more, behind the link"));
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("text", SlackText.words(text.title(), TITLE_CHARS));
        message.put("unfurl_links", false);
        message.put("unfurl_media", false);
        message.put("blocks", blocks);
        return Json.write(message);
    }

    private static Map<String, Object> section(String mrkdwn) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("type", "mrkdwn");
        text.put("text", mrkdwn);
        text.put("verbatim", true); // or Slack would look for mentions and links in what is plain text
        return Map.of("type", "section", "text", text);
    }
}
