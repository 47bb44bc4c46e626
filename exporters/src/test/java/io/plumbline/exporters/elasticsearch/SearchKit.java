package io.plumbline.exporters.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.ExporterKit;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Resource;
import io.plumbline.exporters.signal.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the exporter does at a real server; each test has a data stream and a template of its own. */
abstract class SearchKit extends ExporterKit {

    private static final AtomicInteger DATASETS = new AtomicInteger();

    private final String dataset = "plumbline" + DATASETS.incrementAndGet() + ".otel";
    private final String stream = "/logs-" + dataset + "-default";

    /** It is there for all tests of the class. */
    abstract SearchServer server();

    @Override
    protected ExporterFactory factory() {
        return new ElasticsearchExporterFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("elasticsearch.url", server().uri() + "/", "elasticsearch.dataset", dataset);
    }

    @Test
    void export_document_hasOpenTelemetrysLayout() throws Exception {
        export(TestSignals.log("uid-1", "cart has 3 items"));

        JsonNode hit = search("_id:uid-1").get(0);

        JsonNode source = hit.get("_source");
        assertThat(hit.get("_id").asText()).isEqualTo("uid-1");
        assertThat(source.get("@timestamp").asText()).isEqualTo("2026-11-23T10:31:07.250000001Z");
        assertThat(source.at("/body/text").asText()).isEqualTo("cart has 3 items");
        assertThat(source.get("severity_text").asText()).isEqualTo("INFO");
        assertThat(source.get("severity_number").asInt()).isEqualTo(9);
        assertThat(source.get("trace_id").asText()).isEqualTo(TestSignals.TRACE_ID);
        assertThat(source.get("span_id").asText()).isEqualTo(TestSignals.SPAN_ID);
        assertThat(source.get("event_name").asText()).isEqualTo("plumbline.log");
        assertThat(source.get("attributes").get("code.line.number").asInt()).isEqualTo(118);
        assertThat(source.at("/resource/attributes").get("service.name").asText())
                .isEqualTo("shop");
        assertThat(source.at("/data_stream/dataset").asText()).isEqualTo(dataset);
    }

    @Test
    void export_twice_isStoredOnce() throws Exception {
        exporter().export(batch(50));
        exporter().export(batch(50));

        assertThat(search("*").size()).isEqualTo(50);
    }

    @Test
    void export_noUid_sameRecordIsStoredOnce() throws Exception {
        Signal foreign = foreign(Map.of("k", "v"));
        exporter().export(List.of(foreign, foreign(Map.of("k", "w"))));
        exporter().export(List.of(foreign));

        assertThat(search("*").size()).isEqualTo(2);
    }

    @Test
    void export_fieldsCanBeSearched() throws Exception {
        export(TestSignals.log("uid-1", "cart has 3 items"));
        export(TestSignals.log("uid-2", "nothing in it"));

        assertThat(search("body.text:items").size()).isEqualTo(1);
        assertThat(search("attributes.plumbline.probe.id:\"probe-7\"").size()).isEqualTo(2);
        assertThat(search("resource.attributes.service.name:shop").size()).isEqualTo(2);
        assertThat(search("attributes.plumbline.values.user.name:ada").size()).isEqualTo(2);
        assertThat(search("attributes.code.line.number:[117 TO 119]").size()).isEqualTo(2);
    }

    @Test
    void export_timesAreKeptToTheNanosecond() throws Exception {
        export(TestSignals.log("uid-1", "x"));

        server().send("POST", stream + "/_refresh", "");
        JsonNode sorted = server().get(stream + "/_search?sort=@timestamp:desc");

        assertThat(sorted.at("/hits/hits/0/sort/0").asLong()).isEqualTo(TestSignals.TIME);
    }

    @Test
    void export_manyDifferentExpressions_doNotBecomeFields() throws Exception {
        export(TestSignals.log("first", "x"));
        long before = fields();
        List<Signal> batch = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            batch.add(TestSignals.log("uid-" + i, "x", Map.of("local" + i, "v", "a.b" + i + ".c()", "w")));
        }

        assertThat(exporter().export(batch)).isEqualTo(Outcome.delivered());

        assertThat(fields()).isEqualTo(before);
    }

    @Test
    void export_snapshot_isOneFieldAndItsPartsCanBeSearched() throws Exception {
        export(TestSignals.snapshot("first", Map.of("x", 1L)));
        long before = fields();
        Map<String, Object> customer = new LinkedHashMap<>();
        customer.put("@type", "shop.Customer");
        customer.put("name", "Ada");
        customer.put("nothing", null);
        List<Object> list = new ArrayList<>(List.of(1L, "two", true, 2.5, List.of(3L), Map.of("@cut", "depth")));
        list.add(null);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("order", Map.of("id", 17L, "customer", customer, "lines", list));
        values.put("order.id", "text where others have a number");
        values.put("grid", List.of(List.of(1L), List.of()));
        values.put("none", null);
        values.put("many", new ArrayList<>(java.util.Collections.nCopies(500, Map.of("k", "x".repeat(100)))));
        values.put("deep", nested(40));

        export(TestSignals.snapshot("uid-1", values));

        JsonNode source = search("_id:uid-1").get(0).get("_source");
        JsonNode stored = source.get("attributes").get("plumbline.values");
        assertThat(source.get("event_name").asText()).isEqualTo("plumbline.snapshot");
        assertThat(stored.at("/order/customer/name").asText()).isEqualTo("Ada");
        assertThat(stored.at("/order/id").asInt()).isEqualTo(17);
        assertThat(stored.at("/many")).hasSize(500);
        assertThat(source.get("attributes").get("plumbline.long_values").has("deep"))
                .isTrue();
        assertThat(search("attributes.plumbline.values.order.customer.name:Ada").size())
                .isEqualTo(1);
        assertThat(fields()).isEqualTo(before);
    }

    private static Object nested(int levels) {
        Object inner = 1L;
        for (int i = 0; i < levels; i++) {
            inner = Map.of("n", inner);
        }
        return inner;
    }

    @Test
    void export_oddExpressions_areStored() throws Exception {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("a", "1");
        values.put("a.b", "2");
        values.put("a.b.c", "3");
        values.put("x == \"y\" ? 1 : .5", "4");
        values.put("nothing", null);
        values.put("list", List.of("p", "q"));
        values.put("map", Map.of("k", "v", "n", 3L));
        values.put("long", "x".repeat(5_000));
        values.put("ümlaut\n", "\u0000\ud83d\ude00");

        export(TestSignals.log("uid-1", "odd", values));

        JsonNode stored = search("_id:uid-1").get(0).at("/_source/attributes").get("plumbline.values");
        assertThat(stored.get("x == \"y\" ? 1 : .5").asText()).isEqualTo("4");
        assertThat(stored.get("a.b").asText()).isEqualTo("2");
    }

    @Test
    void export_veryLongTexts_areStoredWhole() throws Exception {
        String huge = "\u00fc".repeat(100_000);
        Map<String, Object> attributes =
                new HashMap<>(TestSignals.log("uid-1", "x").attributes());
        attributes.put("huge", huge);
        attributes.put("plumbline.values", Map.of("huge", huge, "fits", "\u20ac".repeat(9_990), "small", "1"));

        export(TestSignals.log(huge, attributes));

        JsonNode stored = search("_id:uid-1").get(0).at("/_source/attributes");
        assertThat(stored.get("huge").asText()).isEqualTo(huge);
        assertThat(stored.get("plumbline.long_values").get("huge").asText()).isEqualTo(huge);
        assertThat(stored.get("plumbline.values").has("fits")).isTrue();
        assertThat(search("attributes.plumbline.values.small:1").size()).isEqualTo(1);
    }

    @Test
    void export_oneThatDoesNotFitTheMapping_onlyThatIsRejected() throws Exception {
        export(foreign(Map.of("size", 5L)));

        Outcome outcome = exporter()
                .export(List.of(
                        foreign(Map.of("size", 6L)), foreign(Map.of("size", "big")), foreign(Map.of("ok", 1L))));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        partial -> assertThat(partial.rejections())
                                .singleElement()
                                .satisfies(it -> {
                                    assertThat(it.index()).isEqualTo(1);
                                    assertThat(it.retryable()).isFalse();
                                    assertThat(it.reason()).contains("400", "size");
                                }));
        assertThat(search("*").size()).isEqualTo(3);
    }

    @Test
    void export_structuredBody_isTextAndStored() throws Exception {
        export(new LogSignal(
                Resource.of(Map.of()), 1, 0, 0, "", Map.of("k", List.of(1L, Double.NaN)), Map.of(), "", "", "", 10));

        JsonNode source = search("*").get(0).get("_source");

        assertThat(source.at("/body/structured/k/0").asInt()).isEqualTo(1);
        assertThat(source.at("/body/structured/k/1").isNull()).isTrue();
    }

    @Test
    void template_isPutOnceAndLeftAloneIfItsVersionIsHigher() throws Exception {
        String path = "/_index_template/plumbline-logs-" + dataset;
        server().send("PUT", path, """
                {"index_patterns": ["logs-%s-*"], "priority": 500, "version": 99, "data_stream": {}}
                """.formatted(dataset));

        export(TestSignals.log("uid-1", "x"));

        assertThat(server().get(path)
                        .at("/index_templates/0/index_template/version")
                        .asInt())
                .isEqualTo(99);
    }

    @Test
    void template_isPutBeforeTheFirstBatch() throws Exception {
        export(TestSignals.log("uid-1", "x"));

        JsonNode template =
                server().get("/_index_template/plumbline-logs-" + dataset).at("/index_templates/0/index_template");
        assertThat(template.get("version").asInt()).isEqualTo(IndexTemplate.VERSION);
        assertThat(template.get("priority").asInt()).isEqualTo(500);
        assertThat(server().get("/_resolve/index" + stream)
                        .at("/data_streams/0/name")
                        .asText())
                .isEqualTo("logs-" + dataset + "-default");
    }

    /** A field that is not mapped would be an empty column, or an error, in Kibana. */
    @Test
    void kibanasSavedObjects_nameFieldsThatAreThere() throws Exception {
        export(TestSignals.log("uid-1", "cart has 3 items"));
        export(TestSignals.snapshot("uid-2", Map.of("cart", Map.of("items", 3L))));
        export(TestSignals.exception("uid-3"));
        KibanaFields kibana = KibanaFields.read();

        Map<String, String> mapped = KibanaFields.mapped(server().get(stream + "/_mapping"));

        assertThat(kibana.named()).hasSizeGreaterThan(12);
        assertThat(mapped.keySet()).containsAll(kibana.named());
        assertThat(kibana.grouped())
                .isNotEmpty()
                .allSatisfy(field -> assertThat(mapped).containsEntry(field, "keyword"));
        for (String event : List.of("plumbline.log", "plumbline.snapshot", "exception")) {
            assertThat(search("event_name:\"" + event + "\"").size()).as(event).isEqualTo(1);
        }
    }

    @Test
    void links_leadToTheLogs() throws Exception {
        export(TestSignals.log("uid-1", "x"));

        assertThat(server().get(exporter().links().get("logs").getPath()).has("hits"))
                .isTrue();
    }

    private void export(Signal signal) throws InterruptedException {
        assertThat(exporter().export(List.of(signal))).isEqualTo(Outcome.delivered());
    }

    private JsonNode search(String query) throws IOException, InterruptedException {
        server().send("POST", stream + "/_refresh", "");
        String json = """
                {"size": 100, "query": {"query_string": {"query": "%s"}}}
                """.formatted(query.replace("\"", "\\\""));
        return server().send("POST", stream + "/_search", json).at("/hits/hits");
    }

    private long fields() throws IOException, InterruptedException {
        return server().get(stream + "/_mapping").findValues("type").size();
    }

    private static LogSignal foreign(Map<String, Object> attributes) {
        return new LogSignal(
                Resource.of(Map.of("service.name", "other")), 77, 0, 0, "", "text", attributes, "", "", "", 50);
    }
}
