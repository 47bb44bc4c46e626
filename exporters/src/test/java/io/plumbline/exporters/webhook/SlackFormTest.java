package io.plumbline.exporters.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.exporters.signal.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message looks like in Slack, and that no program's text can make it do anything. */
class SlackFormTest {
    private static final Optional<LinkTemplate> LINK =
            LinkTemplate.parse("https://plumb.example.com/?a=1&b={service}#/probes/{probe}");

    @Test
    void write_group_tellsHitsPlaceTimesLinkAndLastMessage() {
        List<String> sections = sections(
                WebhookSignals.log("u-1", "orders", "shop", "first", Map.of("plumbline.weight", 20L)),
                WebhookSignals.log("u-2", "orders", "shop", "last", Map.of(), 61));

        assertThat(sections).containsExactly("""
                        *21 hits* (2 recorded) of probe `orders` on service `shop`
                        `log` · `INFO` · first 2026-11-23T10:31:07.250Z, last 2026-11-23T10:32:08.250Z · \
                        <https://plumb.example.com/?a=1&amp;b=shop#/probes/orders|open>
                        ```
                        last
                        ```""");
    }

    @Test
    void write_exception_hasItsFingerprintAndComesFirst() {
        List<String> sections = sections(
                WebhookSignals.hit("u-1", "orders", "shop", "one"),
                WebhookSignals.hit("u-2", "orders", "shop", "two"),
                WebhookSignals.exception("u-3", "faults", "0123abcd"));

        assertThat(sections).hasSize(2);
        assertThat(sections.get(0))
                .startsWith("*1 hit* of probe `faults`")
                .contains("`exception` · fingerprint `0123abcd` · `ERROR` · at 2026-11-23T10:31:07.250Z");
    }

    @Test
    void write_severalGroups_summaryCounts() throws IOException {
        assertThat(json(
                                WebhookSignals.hit("u-1", "a", "s", "x"),
                                WebhookSignals.hit("u-2", "b", "s", "x"),
                                WebhookSignals.hit("u-3", "b", "t", "x"))
                        .get("text")
                        .asText())
                .isEqualTo("3 hits of 2 probes in 3 groups");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel> & <@U024BE7LH>",
                "<http://evil.example.com|click>",
                "<!subteam^S1|x>",
                "&lt;!here&gt;"
            })
    void write_markup_isEscapedWhereverItStands(String text) throws IOException {
        JsonNode json = json(WebhookSignals.hit("u-1", text, text, text));

        String section = json.get("blocks").get(0).get("text").get("text").asText();
        String withoutOurLink = section.replaceAll("<https://plumb\\.example\\.com/[^<>]*\\|open>", "");
        assertThat(withoutOurLink).doesNotContain("<", ">").contains(escaped(text));
        assertThat(json.get("text").asText()).doesNotContain("<", ">").contains(escaped(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"@here", "@channel", "@everyone", "@ALL"})
    void write_wordThatCallsEverybody_isBroken(String word) throws IOException {
        JsonNode json = json(WebhookSignals.hit("u-1", "p " + word, "s " + word, "look " + word));

        assertThat(json.toString()).doesNotContain(word);
        assertThat(json.get("blocks").get(0).get("text").get("verbatim").asBoolean())
                .isTrue();
    }

    @Test
    void write_backticks_endNoBlockAndNoName() {
        String section =
                sections(WebhookSignals.hit("u-1", "a`b", "s", "```` <!here>")).get(0);

        assertThat(section.split("```", -1)).hasSize(3);
        assertThat(section).contains("`a'b`");
    }

    @ParameterizedTest
    @CsvSource({"x, 5000", "&, 5000", "🙂, 5000", "🙂&, 100000", "'a\n', 3000", "`, 4000"})
    void write_longMessage_fitsASectionAndIsMarked(String piece, int times) {
        String message = "begin " + piece.repeat(times) + " end";
        String section = sections(WebhookSignals.hit("u-1", "p", "s", message)).get(0);

        assertThat(section)
                .hasSizeBetween(SlackForm.SECTION_CHARS - 10, SlackForm.SECTION_CHARS)
                .contains("begin")
                .endsWith("… [cut: " + message.length() + " characters]\n```")
                .doesNotMatch("(?s).*&(?!amp;|lt;|gt;).*");
    }

    @Test
    void write_longNamesAndLink_fitASection() {
        String name = "&".repeat(5_000);
        String section = sections(
                        WebhookSignals.log("u-1", name, name, name, Map.of("plumbline.exception.fingerprint", name)))
                .get(0);

        assertThat(section)
                .hasSizeLessThanOrEqualTo(SlackForm.SECTION_CHARS)
                .doesNotContain("|open>")
                .endsWith("```");
    }

    @Test
    void write_fiftyGroups_areFiftyBlocks() {
        assertThat(sections(groups(50, "x"))).hasSize(50).noneMatch(it -> it.startsWith("…"));
    }

    @Test
    void write_moreGroupsThanBlocks_restIsCounted() {
        List<String> sections = sections(groups(80, "x"));

        assertThat(sections).hasSize(50);
        assertThat(sections.get(49)).startsWith("… and 31 hits in 31 more groups, left out");
    }

    @Test
    void write_manyLongMessages_stayBelowWhatSlackTakes() {
        List<String> sections = sections(groups(30, "y".repeat(2_000)));

        assertThat(sections.stream().mapToInt(String::length).sum()).isLessThan(SlackForm.ALL_CHARS + 200);
        assertThat(sections.get(sections.size() - 1)).startsWith("… and ");
    }

    @Test
    void write_tenLongMessages_areAllThere() {
        assertThat(sections(groups(10, "y".repeat(2_000)))).hasSize(10).allMatch(it -> it.contains("[cut: 2000"));
    }

    private static Signal[] groups(int groups, String message) {
        return IntStream.range(0, groups)
                .mapToObj(i -> (Signal) WebhookSignals.hit("u-" + i, "p" + i, "", message))
                .toArray(Signal[]::new);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static List<String> sections(Signal... batch) {
        List<String> sections = new ArrayList<>();
        try {
            json(batch)
                    .get("blocks")
                    .forEach(it -> sections.add(it.get("text").get("text").asText()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return sections;
    }

    private static JsonNode json(Signal... batch) throws IOException {
        Optional<LinkTemplate> link = batch.length > 20 ? Optional.empty() : LINK;
        return new ObjectMapper().readTree(new SlackForm().write(Message.of(List.of(batch)), link));
    }
}
