package io.plumbline.exporters.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.exporters.chat.SlackText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The form of Slack's incoming webhooks: a section for each group, the severest first, then those with the most hits.
 * What does not fit is cut with a mark, and groups that do not fit are counted in the last section. The message's id is
 * the first section's.
 */
final class SlackForm implements Form {
    static final int MAX_BLOCKS = 50;
    static final int SECTION_CHARS = 3_000;

    /** Of all sections: undocumented, Slack refuses messages from about 11,000 characters on. */
    static final int ALL_CHARS = 9_000;

    private static final int TEXT_CHARS = 300;
    private static final int MIN_SHARE = 400;
    private static final int MIN_MESSAGE = 100;

    /** So that a section's head leaves room for its message. */
    private static final int LINK_CHARS = 1_000;

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public byte[] write(Message message, Optional<LinkTemplate> link) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("text", summary(message));
            json.writeBooleanField("unfurl_links", false);
            json.writeBooleanField("unfurl_media", false);
            json.writeArrayFieldStart("blocks");
            String id = "plumbline-" + message.id();
            for (String section : sections(message, link)) {
                writeSection(json, section, id);
                id = "";
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void writeSection(JsonGenerator json, String section, String id) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "section");
        if (!id.isEmpty()) {
            json.writeStringField("block_id", id);
        }
        json.writeObjectFieldStart("text");
        json.writeStringField("type", "mrkdwn");
        json.writeStringField("text", section);
        json.writeBooleanField("verbatim", true); // or Slack would look for mentions and links in what is plain text
        json.writeEndObject();
        json.writeEndObject();
    }

    /** What notifications show. */
    private static String summary(Message message) {
        List<Group> groups = message.groups();
        if (groups.size() > 1) {
            long probes =
                    groups.stream().map(group -> group.key().probe()).distinct().count();
            return hits(message.hits()) + " of " + probes + (probes == 1 ? " probe" : " probes") + " in "
                    + groups.size() + " groups";
        }
        Group group = groups.get(0);
        String service = group.key().service();
        return hits(group.hits()) + " of probe " + SlackText.words(group.key().probe(), TEXT_CHARS)
                + (service.isEmpty() ? "" : " on service " + SlackText.words(service, TEXT_CHARS)) + ": "
                + SlackText.words(group.message(), TEXT_CHARS);
    }

    private static List<String> sections(Message message, Optional<LinkTemplate> link) {
        List<Group> groups = new ArrayList<>(message.groups());
        groups.sort(Comparator.comparingInt((Group group) -> group.last().severityNumber())
                .thenComparingLong(Group::hits)
                .reversed());
        int share = Math.max(MIN_SHARE, ALL_CHARS / Math.min(groups.size(), MAX_BLOCKS));
        int maxShown = groups.size() <= MAX_BLOCKS ? MAX_BLOCKS : MAX_BLOCKS - 1;
        List<String> sections = new ArrayList<>();
        int chars = 0;
        for (Group group : groups) {
            String section = section(group, link, Math.min(share, SECTION_CHARS));
            boolean fits = sections.size() < maxShown && chars + section.length() <= ALL_CHARS;
            if (!fits) {
                sections.add(leftOut(groups.subList(sections.size(), groups.size())));
                return sections;
            }
            sections.add(section);
            chars += section.length();
        }
        return sections;
    }

    private static String leftOut(List<Group> groups) {
        long hits = groups.stream().mapToLong(Group::hits).sum();
        return "… and " + hits(hits) + " in " + groups.size() + (groups.size() == 1 ? " more group" : " more groups")
                + ", left out here: Slack takes no longer messages";
    }

    /** The head comes whole, and a piece of the message always. */
    private static String section(Group group, Optional<LinkTemplate> link, int maxChars) {
        String head = head(group) + "\n" + details(group, link);
        int room = Math.max(MIN_MESSAGE, maxChars - head.length() - 1);
        return group.message().isBlank() ? head : head + "\n" + SlackText.block(group.message(), room);
    }

    private static String head(Group group) {
        StringBuilder head = new StringBuilder("*" + hits(group.hits()) + "*");
        if (group.records() != group.hits()) {
            head.append(" (").append(group.records()).append(" recorded)");
        }
        head.append(" of probe ").append(SlackText.name(group.key().probe()));
        if (!group.key().service().isEmpty()) {
            head.append(" on service ").append(SlackText.name(group.key().service()));
        }
        return head.toString();
    }

    private static String details(Group group, Optional<LinkTemplate> link) {
        List<String> details = new ArrayList<>();
        String event = group.key().event().replaceFirst("^plumbline\\.", "");
        if (!event.isEmpty()) {
            details.add(SlackText.name(event));
        }
        if (!group.key().fingerprint().isEmpty()) {
            details.add("fingerprint " + SlackText.name(group.key().fingerprint()));
        }
        if (!group.severity().isEmpty()) {
            details.add(SlackText.name(group.severity()));
        }
        group.lastTime().ifPresent(last -> details.add(times(group.first().orElse(last), last)));
        link.flatMap(template -> template.of(group))
                .map(url -> SlackText.link(url, "open"))
                .filter(text -> text.length() <= LINK_CHARS)
                .ifPresent(details::add);
        return String.join(" · ", details);
    }

    private static String times(Instant first, Instant last) {
        Instant from = first.truncatedTo(ChronoUnit.MILLIS);
        Instant to = last.truncatedTo(ChronoUnit.MILLIS);
        return from.equals(to) ? "at " + to : "first " + from + ", last " + to;
    }

    private static String hits(long hits) {
        return hits == 1 ? "1 hit" : hits + " hits";
    }
}
