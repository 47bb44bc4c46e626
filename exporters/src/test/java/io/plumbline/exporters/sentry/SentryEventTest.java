package io.plumbline.exporters.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.exporters.http.Gzip;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.AttributeNames;
import io.plumbline.exporters.signal.LogSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an event looks like, read back from the envelope. */
class SentryEventTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Envelopes envelopes = new Envelopes(Optional.empty());

    @Test
    void envelope_hasHeaderItemHeaderAndEventOfTheSaidLength() throws IOException {
        byte[] envelope = envelopes.of(SentrySignals.exception("uid-1")).orElseThrow();

        String[] lines = new String(envelope, StandardCharsets.UTF_8).split("\n", -1);
        assertThat(lines).hasSize(4);
        JsonNode header = JSON.readTree(lines[0]);
        assertThat(header.get("event_id").asText())
                .isEqualTo(JSON.readTree(lines[2]).get("event_id").asText());
        assertThat(header.has("sent_at")).isFalse();
        JsonNode item = JSON.readTree(lines[1]);
        assertThat(item.get("type").asText()).isEqualTo("event");
        assertThat(item.get("length").asInt()).isEqualTo(lines[2].getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void exception_saysWhatAndWhere() throws IOException {
        JsonNode event = event(SentrySignals.exception("uid-1"));

        assertThat(event.get("event_id").asText()).matches("[0-9a-f]{32}");
        assertThat(event.get("timestamp").asText()).isEqualTo("2026-11-23T10:31:07.250Z");
        assertThat(event.get("platform").asText()).isEqualTo("java");
        assertThat(event.get("level").asText()).isEqualTo("error");
        assertThat(event.get("logger").asText()).isEqualTo("shop.Cart");
        assertThat(event.get("release").asText()).isEqualTo("1.4.2");
        assertThat(event.get("environment").asText()).isEqualTo("test");
        assertThat(event.get("server_name").asText()).isEqualTo("web-3");
        assertThat(event.get("fingerprint")).hasToString("[\"" + SentrySignals.FINGERPRINT + "\"]");
        assertThat(JSON.convertValue(event.get("tags"), Map.class))
                .isEqualTo(Map.of(
                        "probe", "probe-7",
                        "service", "shop",
                        "instance", "4f2a1c9e-0000",
                        "host", "web-3",
                        "thread", "worker-1"));
        assertThat(event.at("/contexts/trace/trace_id").asText()).isEqualTo(TestSignals.TRACE_ID);
        assertThat(event.at("/contexts/trace/span_id").asText()).isEqualTo(TestSignals.SPAN_ID);
        assertThat(event.at("/contexts/trace").size()).isEqualTo(2);
        assertThat(JSON.convertValue(event.at("/contexts/plumbline"), Map.class))
                .isEqualTo(Map.of("probe", "probe-7", "version", "2", "at", "shop.Cart.add:118", "record", "uid-1"));
        assertThat(event.at("/sdk/name").asText()).isEqualTo("plumbline");
        assertThat(event.has("message")).isFalse();
    }

    @Test
    void exception_values_areOldestCauseFirst() throws IOException {
        JsonNode values = event(SentrySignals.exception("uid-1")).at("/exception/values");

        assertThat(values.size()).isEqualTo(2);
        assertThat(values.at("/0/type").asText()).isEqualTo("CardException");
        assertThat(values.at("/0/module").asText()).isEqualTo("shop");
        assertThat(values.at("/0/value").asText()).isEqualTo("card 17 is blocked");
        assertThat(values.at("/1/type").asText()).isEqualTo("IllegalStateException");
        assertThat(values.at("/1/module").asText()).isEqualTo("java.lang");
        assertThat(values.at("/1/value").asText()).isEqualTo(SentrySignals.MESSAGE);
        for (JsonNode value : values) {
            assertThat(value.at("/mechanism/type").asText()).isEqualTo("plumbline");
            assertThat(value.at("/mechanism/handled").asBoolean()).isTrue();
            assertThat(value.get("thread_id").asLong()).isEqualTo(31);
        }
    }

    @Test
    void exception_frames_areOutermostFirst() throws IOException {
        JsonNode values = event(SentrySignals.exception("uid-1")).at("/exception/values");

        assertThat(frames(values.get(1)))
                .containsExactly(
                        "java.lang.Thread run Thread.java 840 false",
                        "org.springframework.Proxy invoke Proxy.java - false",
                        "shop.Cart$$Lambda/0x00007f01 run - - true",
                        "shop.Cart add Cart.java 118 true");
        assertThat(frames(values.get(0)))
                .as("with the two that both have in common")
                .containsExactly(
                        "java.lang.Thread run Thread.java 840 false",
                        "org.springframework.Proxy invoke Proxy.java - false",
                        "- … 2 frames left out - - false",
                        "shop.Cards <init> Cards.java 12 true",
                        "shop.Cards check Cards.java 33 true");
    }

    @Test
    void exception_variables_areAtTheProbedFrameOnly() throws IOException {
        JsonNode event = event(SentrySignals.exception("uid-1", variables()));

        List<JsonNode> withVariables = event.findParents("vars");
        assertThat(withVariables)
                .singleElement()
                .matches(it -> it.get("function").asText().equals("add"));
        assertThat(withVariables.get(0).at("/vars/order/lines/1").asText()).isEqualTo("ink");
        assertThat(withVariables.get(0).at("/vars/none").isNull()).isTrue();
        assertThat(withVariables.get(0).at("/vars/rate").asText()).isEqualTo("NaN");
        assertThat(withVariables.get(0).at("/vars/@watch/twice").asLong()).isEqualTo(500);
        assertThat(withVariables.get(0).at("/vars/@context").isMissingNode()).isTrue();
        assertThat(event.at("/contexts/MDC/user").asText()).isEqualTo("ada");
        assertThat(event.at("/threads/values/0/name").asText()).isEqualTo("worker-1");
        assertThat(event.at("/threads/values/0/stacktrace").isMissingNode()).isTrue();
    }

    @Test
    void exception_neverCameByTheProbe_variablesAreInTheThreadsStack() throws IOException {
        String elsewhere = "java.lang.IllegalStateException: " + SentrySignals.MESSAGE + "\n\tat a.B.c(B.java:1)\n";
        LogSignal log = SentrySignals.exception("uid-1", variables(), elsewhere);
        Map<String, Object> attributes = new LinkedHashMap<>(log.attributes());
        attributes.put(AttributeNames.STACK, "at shop.Cart.add(Cart.java:118)\nat shop.Main.main(Main.java:3)");
        attributes.put(AttributeNames.STACK_OWN, List.of(0L, 1L));

        JsonNode event = event(SentrySignals.log(17, "x", attributes, "exception"));

        assertThat(event.at("/exception").findParents("vars")).isEmpty();
        JsonNode thread = event.at("/threads/values/0");
        assertThat(frames(thread))
                .containsExactly("shop.Main main Main.java 3 true", "shop.Cart add Cart.java 118 true");
        assertThat(thread.at("/stacktrace/frames/1/vars/total").asDouble()).isEqualTo(250);
    }

    @Test
    void exception_methodRecurs_variablesAreAtTheProbesLine() throws IOException {
        String recursion = "java.lang.IllegalStateException: " + SentrySignals.MESSAGE + "\n"
                + "\tat shop.Cart.add(Cart.java:200)\n"
                + "\tat shop.Cart.add(Cart.java:118)\n"
                + "\tat shop.Cart.add(Cart.java:118)\n"
                + "\tat shop.Cart.add(Cart.java:90)\n";

        JsonNode frames = event(SentrySignals.exception("uid-1", variables(), recursion))
                .at("/exception/values/1/stacktrace/frames");

        assertThat(IntStream.range(0, 4).filter(i -> frames.get(i).has("vars"))).containsExactly(2);
    }

    @Test
    void exception_ofAForeignProducer_isReadAsJavaPrintsIt() throws IOException {
        String printed =
                "a.Outer: two\r\nlines\r\n\tat a.B.c(B.java:1)\r\nCaused by: a.Inner\r\n\tat a.B.d(B.java:2)\r\n"
                        + "\t... 1 common frames omitted\r\nCaused by: [CIRCULAR REFERENCE: a.Outer: two]";
        Map<String, Object> attributes = Map.of("exception.type", "x.Wrong", AttributeNames.EXCEPTION_STACK, printed);

        JsonNode event = event(SentrySignals.log(0, "x", attributes, "exception"));

        JsonNode values = event.at("/exception/values");
        assertThat(values.findValuesAsText("type")).contains("Inner", "Outer");
        assertThat(values.size()).isEqualTo(2);
        assertThat(values.at("/1/value").asText()).isEqualTo("two\nlines");
        assertThat(frames(values.get(0))).containsExactly("a.B c B.java 1 true", "a.B d B.java 2 true");
        assertThat(event.get("level").asText()).isEqualTo("error");
        assertThat(event.has("fingerprint")).isFalse();
    }

    @Test
    void exception_withoutStack_hasItsHeads() throws IOException {
        Map<String, Object> attributes =
                new HashMap<>(SentrySignals.exception("uid-1").attributes());
        attributes.remove(AttributeNames.EXCEPTION_STACK);

        JsonNode values =
                event(SentrySignals.log(17, "x", attributes, "exception")).at("/exception/values");

        assertThat(values.at("/0/type").asText()).isEqualTo("CardException");
        assertThat(values.at("/1/type").asText()).isEqualTo("IllegalStateException");
        assertThat(values.findParents("stacktrace")).isEmpty();
    }

    @Test
    void snapshot_isAMessageWithTheThreadsStack() throws IOException {
        JsonNode event = event(TestSignals.snapshot("uid-1", variables()));

        assertThat(event.at("/message/formatted").asText()).isEqualTo("snapshot at shop.Cart.add:118");
        assertThat(event.get("level").asText()).isEqualTo("info");
        assertThat(event.get("fingerprint")).hasToString("[\"plumbline.snapshot\",\"probe-7\"]");
        assertThat(event.has("exception")).isFalse();
        JsonNode thread = event.at("/threads/values/0");
        assertThat(thread.get("id").asLong()).isEqualTo(31);
        assertThat(thread.get("current").asBoolean()).isTrue();
        assertThat(frames(thread))
                .containsExactly("java.lang.Thread run Thread.java 840 false", "shop.Cart add Cart.java 118 true");
        assertThat(thread.at("/stacktrace/frames/1/vars/total").asDouble()).isEqualTo(250);
        assertThat(event.get("server_name").asText()).as("no host is known").isEqualTo("4f2a1c9e-0000");
        assertThat(event.has("release")).isFalse();
    }

    @Test
    void snapshot_withoutStack_hasTheProbesPlace() throws IOException {
        Map<String, Object> attributes =
                new LinkedHashMap<>(TestSignals.snapshot("uid-1", variables()).attributes());
        attributes.remove(AttributeNames.STACK);

        JsonNode thread = event(SentrySignals.log(9, "x", attributes, "plumbline.snapshot"))
                .at("/threads/values/0");

        assertThat(frames(thread)).containsExactly("shop.Cart add Cart.java 118 true");
        assertThat(thread.at("/stacktrace/frames/0/vars/total").asDouble()).isEqualTo(250);
    }

    @ParameterizedTest
    @CsvSource({"1,debug", "8,debug", "9,info", "12,info", "13,warning", "17,error", "21,fatal", "0,info"})
    void level_followsTheSeverity(int severity, String level) throws IOException {
        assertThat(event(SentrySignals.log(severity, "x", Map.of(), "plumbline.snapshot"))
                        .get("level")
                        .asText())
                .isEqualTo(level);
    }

    @Test
    void tags_areOneShortLine() throws IOException {
        Map<String, Object> attributes = Map.of(AttributeNames.THREAD, "a\nb" + "x".repeat(300));

        String tag = event(SentrySignals.log(9, "x", attributes, "plumbline.snapshot"))
                .at("/tags/thread")
                .asText();

        assertThat(tag).startsWith("a bxxx").hasSize(200);
    }

    @Test
    void id_isTheSameAtEveryDeliveryAndAnotherForEachRecord() throws IOException {
        LogSignal foreign = SentrySignals.log(9, "x", Map.of("k", "v"), "plumbline.snapshot");
        LogSignal other = SentrySignals.log(9, "x", Map.of("k", "w"), "plumbline.snapshot");

        assertThat(envelopes.of(SentrySignals.exception("uid-1")))
                .hasValueSatisfying(bytes -> assertThat(bytes)
                        .isEqualTo(new Envelopes(Optional.empty())
                                .of(SentrySignals.exception("uid-1"))
                                .orElseThrow()));
        assertThat(id(SentrySignals.exception("uid-1")))
                .as("the first half of the uid's SHA-256")
                .isEqualTo("4a49acf8a6bd727728495d1e541a8408")
                .isNotEqualTo(id(SentrySignals.exception("uid-2")));
        assertThat(id(foreign)).isEqualTo(id(foreign)).isNotEqualTo(id(other));
    }

    @Test
    void large_variables_areShortenedFirst() throws IOException {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("text", noise(300_000, 1));
        variables.put("total", 250.0);
        variables.put("list", IntStream.range(0, 100).boxed().map(Long::valueOf).toList());

        JsonNode event = event(SentrySignals.exception("uid-1", variables));

        JsonNode vars = event.findParents("vars").get(0).get("vars");
        assertThat(vars.get("text").asText()).hasSize(1_001).endsWith("…");
        assertThat(vars.get("total").asDouble()).isEqualTo(250);
        assertThat(JSON.convertValue(vars.get("list").get(50), Map.class))
                .isEqualTo(Map.of("@cut", "bytes", "@more", 50));
        assertThat(event.at("/contexts/plumbline/cut").asText()).isEqualTo("variables shortened");
        assertThat(event.at("/exception/values/1/stacktrace/frames").size()).isEqualTo(4);
    }

    @Test
    void large_manyVariables_areLeftOut() throws IOException {
        Map<String, Object> deep = new LinkedHashMap<>();
        for (int i = 0; i < 20; i++) {
            Map<String, Object> inner = new LinkedHashMap<>();
            for (int j = 0; j < 20; j++) {
                int from = j;
                inner.put(
                        noise(800, i * 20 + j),
                        IntStream.range(0, 20)
                                .mapToObj(k -> noise(180, from + k))
                                .toList());
            }
            deep.put("v" + i, inner);
        }

        JsonNode event = event(SentrySignals.exception("uid-1", deep));

        JsonNode vars = event.findParents("vars").get(0).get("vars");
        assertThat(JSON.convertValue(vars, Map.class)).isEqualTo(Map.of("@cut", "bytes", "@more", 20));
        assertThat(event.at("/contexts/plumbline/cut").asText()).isEqualTo("variables left out");
    }

    @Test
    void large_stack_losesItsMiddle() throws IOException {
        String frames = IntStream.range(0, 3_000)
                .mapToObj(i -> "\tat shop.C" + noise(100, i) + ".m" + i + "(C.java:" + (i + 1) + ")\n")
                .collect(Collectors.joining());
        String stack = "java.lang.IllegalStateException: " + SentrySignals.MESSAGE + "\n" + frames;

        JsonNode event = event(SentrySignals.exception("uid-1", Map.of("total", 1L), stack));

        JsonNode kept = event.at("/exception/values/1/stacktrace/frames");
        assertThat(kept.size()).isEqualTo(65);
        assertThat(kept.at("/0/function").asText()).isEqualTo("m2999");
        assertThat(kept.at("/32/function").asText()).isEqualTo("… 2936 frames left out");
        assertThat(kept.at("/64/function").asText()).isEqualTo("m0");
        assertThat(event.at("/contexts/plumbline/cut").asText()).isEqualTo("variables left out, stacks of 64 frames");
    }

    @Test
    void large_packsWell_isLeftWhole() throws IOException {
        JsonNode event = event(SentrySignals.exception("uid-1", Map.of("text", "a".repeat(900_000))));

        assertThat(event.findValue("vars").get("text").asText()).hasSize(900_000);
        assertThat(event.at("/contexts/plumbline/cut").isMissingNode()).isTrue();
    }

    @Test
    void large_howeverCut_isNone() {
        assertThat(envelopes.of(SentrySignals.exception("uid-1", Map.of(), endlessCauses())))
                .isEmpty();
    }

    /** More of messages than any bound leaves. */
    static String endlessCauses() {
        return SentrySignals.STACK
                + IntStream.range(0, 60)
                        .mapToObj(i -> "Caused by: a.B: " + noise(9_000, i) + "\n\tat a.B.c(B.java:1)\n")
                        .collect(Collectors.joining());
    }

    private String id(LogSignal log) throws IOException {
        return event(log).get("event_id").asText();
    }

    private JsonNode event(LogSignal log) throws IOException {
        byte[] envelope = envelopes.of(log).orElseThrow();
        assertThat(envelope.length).isLessThanOrEqualTo(Envelopes.MAX_BYTES);
        assertThat(Gzip.of(envelope).length).isLessThanOrEqualTo(Envelopes.MAX_PACKED_BYTES);
        return JSON.readTree(new String(envelope, StandardCharsets.UTF_8).split("\n", -1)[2]);
    }

    private static Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("total", 250.0);
        variables.put("none", null);
        variables.put("rate", Double.NaN);
        variables.put("order", Map.of("@type", "shop.Order", "lines", Arrays.asList("pen", "ink", null)));
        variables.put("@watch", Map.of("twice", 500L));
        variables.put("@context", Map.of("mdc", Map.of("user", "ada")));
        return variables;
    }

    /** Each as {@code module function filename lineno in_app}. */
    private static List<String> frames(JsonNode holder) {
        List<String> frames = new ArrayList<>();
        for (JsonNode frame : holder.at("/stacktrace/frames")) {
            frames.add(List.of("module", "function", "filename", "lineno", "in_app").stream()
                    .map(field -> frame.path(field).asText("-"))
                    .map(text -> text.isEmpty() ? "-" : text)
                    .collect(Collectors.joining(" ")));
        }
        return frames;
    }

    /** Letters that do not pack well, the same for the same seed. */
    private static String noise(int length, int seed) {
        Random random = new Random(seed);
        return random.ints(length, 0, 62)
                .mapToObj(
                        i -> String.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".charAt(i)))
                .collect(Collectors.joining());
    }
}
