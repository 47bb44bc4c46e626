package io.plumbline.config.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.YamlText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private static List<Probe> all(String yaml) {
        return ProbeReader.writtenAll(YamlText.read(yaml, "probes.yaml"), CLOCK);
    }

    private static Probe one(String yaml) {
        return all(yaml).get(0);
    }

    private static String error(String yaml) {
        return catchThrowableOfType(InvalidInputException.class, () -> all(yaml))
                .getMessage();
    }

    @Test
    void written_everyKey() {
        Probe probe = one("""
                id: orders
                at: shop.OrderService:23
                if: total > 100
                on: {service: shop, host: "a*"}
                log:
                  - "plain {total}"
                  - template: "loud {id}"
                    level: warn
                count:
                  name: orders
                  unit: "{order}"
                  description: Orders
                  labels: {tier: order.tier, z: 1}
                gauge: {name: g, value: total}
                histogram: {name: h, value: total, buckets: [1, 2.5, 10]}
                limits: {per-second: 1_000, hits: 5, series: 10, cpu: 0.5%, over-budget: disable}
                for: 1h30m
                """);

        assertThat(probe.id()).isEqualTo("orders");
        assertThat(probe.version()).isEqualTo(1);
        assertThat(probe.location()).isEqualTo(new Location("shop.OrderService", 23));
        assertThat(probe.condition()).get().hasToString("total > 100");
        assertThat(probe.targets()).isEqualTo(new Targets(Map.of("service", "shop", "host", "a*")));
        assertThat(probe.limits()).isEqualTo(new Limits(1_000, 5, 10, 0.5, Limits.OverBudget.DISABLE, 0));
        assertThat(probe.created()).isEqualTo(NOW);
        assertThat(probe.expires()).isEqualTo(NOW.plus(Duration.ofMinutes(90)));
        assertThat(probe.actions())
                .extracting(Action::kind)
                .containsExactly("log", "log", "count", "gauge", "histogram");
        assertThat(((Action.Log) probe.actions().get(1)).severity()).isEqualTo(Severity.WARN);
        assertThat(probe.metrics().get(0).labels().keySet()).containsExactly("tier", "z");
        assertThat(probe.metrics().get(0).unit()).isEqualTo("{order}");
        assertThat(((Action.Histogram) probe.metrics().get(2)).bounds()).containsExactly(1.0, 2.5, 10.0);
    }

    @Test
    void written_shortForms() {
        Probe probe = one("{at: 'Order.java:7', log: 'hi {name}', count: hits}");

        assertThat(probe.id()).isEqualTo("order-7-log");
        assertThat(probe.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(probe.expires()).isEqualTo(NOW.plus(Duration.ofHours(1)));
        assertThat(probe.targets()).isEqualTo(Targets.ALL);
        assertThat(probe.metrics().get(0).value()).isEmpty();
    }

    @Test
    void written_capturing() {
        Probe probe = one("""
                at: shop.OrderService:23
                snapshot:
                  - true
                  - {watch: {id: order.id, n: 1}, statics: true, depth: 0, fields: 5, elements: 6, length: 7,
                     bytes: 2_048, time: 9, stack: 0}
                  - {watch: [order.id, total + 1]}
                exception: {variables: false, stack: 3}
                """);

        assertThat(probe.actions().get(0)).isEqualTo(Action.Snapshot.DEFAULT);
        var full = (Action.Snapshot) probe.actions().get(1);
        assertThat(full.watch().keySet()).containsExactly("id", "n");
        assertThat(full.statics()).isTrue();
        assertThat(full.bounds()).isEqualTo(new CaptureBounds(0, 5, 6, 7, 2_048, 9, 0));
        assertThat(probe.actions().get(2).expressions()).hasToString("[order.id, total + 1]");
        var exception = (Action.Exceptions) probe.actions().get(3);
        assertThat(exception.variables()).isFalse();
        assertThat(exception.bounds().stack()).isEqualTo(3);
        assertThat(probe.id()).isEqualTo("orderservice-23-snapshot");
    }

    @Test
    void written_tooManyWatches_isRefused() {
        assertThat(error("{at: 'X:1', snapshot: {watch: {"
                        + IntStream.range(0, 33).mapToObj(i -> "w" + i + ": a").collect(Collectors.joining(", "))
                        + "}}}"))
                .endsWith("'watch' takes at most 32 expressions: 33");
    }

    @Test
    void written_idFromItsPlace() {
        assertThat(one("{at: 'shop.Order$Line:7', count: c}").id()).isEqualTo("line-7-count");
        assertThat(one("{at: '_Ünder:7', count: c}").id()).isEqualTo("p-nder-7-count");
    }

    @Test
    void writtenAll_documentsListsAndMappings() {
        assertThat(all("""
                        probes:
                          - {id: a, at: 'X:1', count: c}
                          - {id: b, at: 'X:1', count: c}
                        ---
                        - {id: c, at: 'X:1', count: c}
                        ---
                        {id: d, at: 'X:1', count: c, for: never}
                        """)).extracting(Probe::id).containsExactly("a", "b", "c", "d");
    }

    @Test
    void writtenAll_idTwice_isRefused() {
        assertThat(error("- {id: a, at: 'X:1', count: c}\n- {id: a, at: 'X:2', count: c}"))
                .isEqualTo("probes.yaml:2:3: the id 'a' stands twice; give one of them another");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '`',
            value = {
                "at: 'X:1'\\nlogg: hi § 2:1: unknown key 'logg' in a probe; did you mean 'log'?",
                "at: 'X:1'\\nredaction: off § 2:1: a probe can't change redaction, so 'redaction' is no key of it; what is"
                        + " hidden is set where the agent is configured, by plumbline.redaction.…",
                "at: 'X:1'\\nreveal-names: [pin] § 2:1: a probe can't change redaction, so 'reveal-names' is no key of it;"
                        + " what is hidden is set where the agent is configured, by plumbline.redaction.…",
                "at: 'X:1'\\nqwertyuiop: 1 § 2:1: unknown key 'qwertyuiop' in a probe; known are at, count, enabled, exception,"
                        + " for, gauge, histogram, id, if, limits, log, on, rollout, set, snapshot, span, tags, to",
                "at: 'X:1' § 1:1: a probe needs at least one of log, snapshot, exception, count, gauge, histogram, or span",
                "count: c § 1:1: a probe needs 'at'",
                "- text § 1:3: a probe must be a mapping, not a text",
                "at: 'X:1'\\ncount: c\\nlimits: {cpu: 101%} § 3:15: a percentage above 0 and up to 100% reads like 1% or 0.5%: 101%",
                "at: 'X:1'\\ncount: c\\nlimits: {cpu: lots} § 3:15: a percentage above 0 and up to 100% reads like 1% or 0.5%: lots",
                "at: 'X:1'\\ncount: c\\nlimits: {over-budget: stop} § 3:23: limits.over-budget is 'sample' (one hit in n, with"
                        + " weights) or 'disable': stop",
                "at: [1]\\ncount: c § 1:5: 'at' must be a single value, not a list",
                "at: 'X:1'\\nat: 'X:2'\\ncount: c § 2:1: key 'at' stands twice; keep one",
                "at: X\\ncount: c § 1:5: a location is a class or source file and a line, as in shop.OrderService:118 or"
                        + " OrderService.java:118, or a method, as in shop.OrderService#place:exit; this is none: X",
                "id: Ups!\\nat: 'X:1'\\ncount: c § 1:1: an id is up to 80 of a-z 0-9 . _ - and starts with a letter or"
                        + " digit: Ups!",
                "at: 'X:1'\\nlog: {level: info} § 2:6: 'log' needs 'template'",
                "at: 'X:1'\\nlog: {template: hi, level: loud} § 2:28: the level must be one of trace, debug, info, warn,"
                        + " error: loud",
                "at: 'X:1'\\nlog: 'a {b' § 2:6: column 3: this '{' is never closed; write '{{' for the brace itself",
                "at: 'X:1'\\nif: a = 1\\ncount: c § 2:5: column 3: '=' would assign, and expressions change nothing;"
                        + " '==' compares",
                "at: 'X:1'\\ngauge: g § 2:8: 'gauge' needs a name and a value: {name: order.total, value: total}",
                "at: 'X:1'\\ngauge: {name: g} § 2:8: gauges and histograms need a value",
                "at: 'X:1'\\ncount: 1st § 2:8: a metric's name starts with a letter and goes on with letters, digits"
                        + " and _ . - /; this does not: '1st'",
                "at: 'X:1'\\ncount: {name: c, labels: {service: s}} § 2:36: the label 'service' is set by the pipeline or"
                        + " by Prometheus; choose another name",
                "at: 'X:1'\\ncount: {name: c, labels: {le: s}} § 2:31: the label 'le' is set by the pipeline or by"
                        + " Prometheus; choose another name",
                "at: 'X:1'\\ncount: {name: c, labels: {a-b: s}} § 2:32: a label's name starts with a letter or _ and"
                        + " goes on with letters, digits, _ and .; this does not: 'a-b'",
                "at: 'X:1'\\ncount: {name: c, labels: {__a: s}} § 2:32: a label's name starts with a letter or _ and"
                        + " goes on with letters, digits, _ and .; this does not: '__a'",
                "at: 'X:1'\\nhistogram: {name: h, value: x, buckets: [1, 1]} § 2:12: buckets must be finite and rising:"
                        + " [1.0, 1.0]",
                "at: 'X:1'\\nhistogram: {name: h, value: x, buckets: [.inf]} § 2:42: a bucket's bound must be a number:"
                        + " .inf",
                "at: 'X:1'\\nhistogram: {name: h, value: x, buckets: []} § 2:12: a histogram has from 1 to 200 buckets: 0",
                "at: 'X:1'\\ncount: {name: h, buckets: [1]} § 2:18: unknown key 'buckets' in 'count'; known are beside,"
                        + " description, labels, name, unit, value",
                "at: 'X:1'\\ncount: c\\nlimits: {per-second: 0} § 3:22: 'per-second' must be a whole number from 1 to"
                        + " 10000000: 0",
                "at: 'X:1'\\ncount: c\\nlimits: {hits: -1} § 3:16: 'hits' must be a whole number from 1 to"
                        + " 9223372036854775807: -1",
                "at: 'X:1'\\ncount: c\\nlimits: {series: 10001} § 3:18: 'series' must be a whole number from 1 to 10000:"
                        + " 10001",
                "at: 'X:1'\\ncount: c\\nlimits: {hits: many} § 3:16: 'hits' must be a whole number from 1 to"
                        + " 9223372036854775807: many",
                "at: 'X:1'\\nlog: hi\\nlimits: {fleet-hits: 0} § 3:22: 'fleet-hits' must be a whole number from 1 to"
                        + " 100000: 0",
                "at: 'X:1'\\ncount: c\\nlimits: {fleet-hits: 10} § 1:1: limits.fleet-hits needs exactly one action, a log,"
                        + " snapshot or exception; set the others as probes of their own, metrics with limits.hits,"
                        + " which counts on each instance",
                "at: 'X:1'\\nlog: [a, b]\\nlimits: {fleet-hits: 10} § 1:1: limits.fleet-hits needs exactly one action, a"
                        + " log, snapshot or exception; set the others as probes of their own, metrics with limits.hits,"
                        + " which counts on each instance",
                "at: 'X:1'\\nlog: a\\nfor: never\\nlimits: {fleet-hits: 10} § 1:1: limits.fleet-hits needs an end, as the"
                        + " count is kept for a month; 'for' is at most 30d then",
                "at: 'X:1'\\nlog: a\\nrollout: yes § 3:10: 'rollout' is guarded or a mapping, such as {first: 1, then: 25%,"
                        + " wait: 10s}; leave the key out to set the probe everywhere at once: yes",
                "at: 'X:1'\\nlog: a\\nrollout: {wait: 2h} § 3:17: 'wait' is at most 1h: 2h",
                "at: 'X:1'\\nlog: a\\nrollout: {then: 101%} § 3:17: a percentage above 0 and up to 100% reads like 1% or"
                        + " 0.5%: 101%",
                "at: 'X:1'\\nlog: a\\nrollout: {max-cot: 2%} § 3:11: unknown key 'max-cot' in 'rollout'; did you mean 'max-cost'?",
                "at: 'X:1'\\nsnapshot: false § 2:11: 'snapshot' is true or a mapping, such as {depth: 5}; leave the key"
                        + " out for none: false",
                "at: 'X:1'\\nexception: yes please § 2:12: 'exception' is true or a mapping, such as {depth: 5}; leave"
                        + " the key out for none: yes please",
                "at: 'X:1'\\nsnapshot: {dept: 4} § 2:12: unknown key 'dept' in 'snapshot'; did you mean 'depth'?",
                "at: 'X:1'\\nsnapshot: {variables: false} § 2:12: unknown key 'variables' in 'snapshot'; known are"
                        + " bytes, depth, elements, fields, length, stack, statics, time, watch",
                "at: 'X:1'\\nsnapshot: {depth: 11} § 2:19: 'depth' must be a whole number from 0 to 10: 11",
                "at: 'X:1'\\nsnapshot: {fields: 0} § 2:20: 'fields' must be a whole number from 1 to 1000: 0",
                "at: 'X:1'\\nsnapshot: {elements: 10001} § 2:22: 'elements' must be a whole number from 1 to 10000:"
                        + " 10001",
                "at: 'X:1'\\nsnapshot: {length: 65537} § 2:20: 'length' must be a whole number from 1 to 65536: 65537",
                "at: 'X:1'\\nsnapshot: {bytes: 262145} § 2:19: 'bytes' must be a whole number from 1024 to 262144:"
                        + " 262145",
                "at: 'X:1'\\nsnapshot: {time: 101} § 2:18: 'time' must be a whole number from 1 to 100: 101",
                "at: 'X:1'\\nexception: {stack: 257} § 2:20: 'stack' must be a whole number from 0 to 256: 257",
                "at: 'X:1'\\nsnapshot: {watch: [a, a]} § 2:23: 'watch' has 'a' twice; keep one",
                "at: 'X:1'\\nsnapshot: {watch: [a, [b]]} § 2:23: 'watch' is a list of expressions, not of a list",
                "at: 'X:1'\\nsnapshot: {watch: {n: a =}} § 2:23: column 3: '=' would assign, and expressions change"
                        + " nothing; '==' compares",
                "at: 'X:1'\\ncount: c\\nfor: soon § 3:6: a duration reads like 90s, 15m, 1h30m or 7d: soon",
                "at: 'X:1'\\ncount: c\\nfor: 31d § 3:6: 'for' is at most 30d, or never: 31d",
                "at: 'X:1'\\ncount: &x c\\nid: *x § 3:5: aliases (*name) are not taken; write the value out",
            })
    void written_wrong_hasPlaceAndRemedy(String yaml, String message) {
        assertThat(error(yaml.replace("\\n", "\n")).lines().findFirst()).hasValue("probes.yaml:" + message);
    }

    @Test
    void written_nestedDeeply_isRefused() {
        assertThat(error("at: " + "[".repeat(40) + "]".repeat(40))).contains("nested deeper than 32 levels");
    }

    @Test
    void written_tooManyActions_isRefused() {
        assertThat(error("{at: 'X:1', log: [" + "a, ".repeat(17) + "]}")).endsWith("more than 16 actions: 17");
    }

    @ParameterizedTest
    @CsvSource({"90s, 1m30s", "15m, 15m", "1h30m, 1h30m", "7d, 7d", "24h, 1d", "3600s, 1h"})
    void durations_readAndWritten(String text, String written) {
        assertThat(Durations.format(Durations.parse(text))).isEqualTo(written);
        assertThat(Durations.parse(written)).isEqualTo(Durations.parse(text));
    }

    @Test
    void beside_ofEveryKind_isReadAndWritten() {
        Probe probe = one("""
                at: X:1
                log:
                  - {template: a, beside: true}
                  - {template: b, beside: {logger: audit, lift: true}}
                  - {template: c, beside: false}
                count: {name: n, beside: true}
                histogram: {name: h, value: v, beside: true}
                gauge: {name: g, value: v}
                """);

        assertThat(probe.actions())
                .filteredOn(Action.Log.class::isInstance)
                .extracting(action -> ((Action.Log) action).beside())
                .containsExactly(
                        Optional.of(LogBeside.PLAIN),
                        Optional.of(new LogBeside(Optional.of("audit"), true)),
                        Optional.empty());
        assertThat(probe.metrics()).extracting(Action.Metric::beside).containsExactly(true, false, true);
        assertThat(ProbeReader.wire(ProbeWriter.json(probe))).isEqualTo(probe);
    }

    @Test
    void beside_ofPoints_isReadAndWritten() {
        Probe probe = one("""
                span:
                  points:
                    A: {at: 'X:1', attributes: {order: id}, beside: [event, attributes]}
                    B: {at: 'X:2', beside: event}
                """);

        Action.Span span = probe.span().orElseThrow();
        assertThat(span.points().get(0).beside()).containsExactly(OnSpan.ATTRIBUTES, OnSpan.EVENT);
        assertThat(span.points().get(1).beside()).containsExactly(OnSpan.EVENT);
        assertThat(ProbeReader.wire(ProbeWriter.json(probe))).isEqualTo(probe);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "log: {template: a, beside: yes please} § 2:28: 'beside' of a log is true, or a mapping such as"
                        + " {logger: audit, lift: true}: yes please",
                "log: {template: a, beside: {loger: x}} § 2:29: unknown key 'loger' in 'beside'; did you mean 'logger'?",
                "log: {template: a, beside: {logger: a b}} § 2:37: a logger's name is up to 200 characters without"
                        + " spaces: a b",
                "count: {name: a, beside: maybe} § 2:26: 'beside' must be true or false: maybe",
            })
    void beside_wrong_hasPlaceAndRemedy(String yaml, String message) {
        assertThat(error("at: X:1\n" + yaml)).isEqualTo("probes.yaml:" + message);
    }

    @Test
    void beside_attributesOfAPointWithoutAny_isRefused() {
        assertThat(error("span: {points: {A: {at: 'X:1', beside: attributes}, B: 'X:2'}}"))
                .endsWith("point A has 'beside: attributes' and no attributes; give it some, or let it leave an event");
        assertThat(error("span: {points: {A: {at: 'X:1', beside: log}, B: 'X:2'}}"))
                .endsWith("'beside' of a point is attributes, event, or both: [attributes, event]");
    }

    @Test
    void span_shortAndLongPoints() {
        Probe probe = one("""
                id: checkout
                span:
                  by: order.id
                  within: 30s
                  points:
                    A: 'Shop.java:42'
                    B: {at: 'pay.Ledger#book', if: amount > 5, by: msg.orderId, attributes: {who: user}, on: {service: pay}}
                    C: 'Shop.java:60'
                on: {environment: prod}
                """);

        Action.Span span = probe.span().orElseThrow();
        assertThat(span.by()).isEqualTo(SpanBy.KEY);
        assertThat(span.within()).isEqualTo(Duration.ofSeconds(30));
        assertThat(span.pairs()).containsExactly(new SpanPair("A", "B"), new SpanPair("B", "C"));
        assertThat(span.points().get(1).key()).get().hasToString("msg.orderId");
        assertThat(span.points().get(2).key()).get().hasToString("order.id");
        assertThat(probe.location()).isEqualTo(new Location("Shop.java", 42));
        assertThat(probe.parts()).extracting(Probe::id).containsExactly("checkout/A", "checkout/B", "checkout/C");
        assertThat(probe.parts().get(1).condition()).get().hasToString("amount > 5");
        assertThat(probe.parts().get(1).wholeId()).isEqualTo("checkout");
        assertThat(ProbeReader.wire(ProbeWriter.json(probe))).isEqualTo(probe);
    }

    @Test
    void to_namesExporters_oneOrSeveral() {
        assertThat(one("at: 'X:1'\nlog: a").to().isAll()).isTrue();
        assertThat(one("at: 'X:1'\nlog: a\nto: errors").to().names()).containsExactly("errors");
        Probe probe = one("at: 'X:1'\nlog: a\nto: [errors, my-audit]");
        assertThat(probe.to().text()).isEqualTo("errors,my-audit");
        assertThat(ProbeReader.wire(ProbeWriter.json(probe))).isEqualTo(probe);
        assertThat(probe.isSameQuestion(one("at: 'X:1'\nlog: a"))).isFalse();
        assertThat(error("at: 'X:1'\nlog: a\nto: Errors")).contains("3:5: 'to' names exporters", "'Errors'");
        assertThat(error("at: 'X:1'\nlog: a\nto: [a, a]")).contains("each once: a, a");
        assertThat(error("at: 'X:1'\nlog: a\nto: []")).contains("'to' is empty; name an exporter");
    }

    @Test
    void span_withoutAnId_hasOneOfItsFirstPlace() {
        assertThat(one("span: {points: {A: 'Shop.java:42', B: 'Shop.java:43'}}").id())
                .isEqualTo("shop-42-span");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "span: {points: {A: 'X:1'}} § 1:7: a span probe has from 2 to 8 points: 1",
                "span: {by: trace} § 1:7: 'span' needs 'points': {A: 'Shop.java:42', B: 'Payments.java:17'}",
                "span: {points: {A: 'X:1', B: 'X:2'}, pairs: [A->D]} § 1:7: the pair A->D names a point that is not"
                        + " there; points are A, B",
                "span: {points: {A: 'X:1', B: 'X:2'}, pairs: [AB]} § 1:46: a pair of points reads like A->B: AB",
                "span: {points: {A: 'X:1', B: {at: 'X:2', by: id}}} § 1:46: point B has a 'by' of its own, but the span"
                        + " goes by trace; give the span an expression, such as 'by: order.id'",
                "span: {points: {A: 'X:1', 1B: 'X:2'}} § 1:31: a point's name is up to 16 letters, digits and _ and"
                        + " starts with a letter: 1B",
                "at: 'X:1'\\nspan: {points: {A: 'X:1', B: 'X:2'}} § 1:5: a span probe has no 'at' of its own; its points"
                        + " have, under span.points",
                "span: {by: a +, points: {A: 'X:1', B: 'X:2'}} § 1:12: column 4: the expression ends too early",
            })
    void span_wrong_hasPlaceAndRemedy(String yaml, String message) {
        assertThat(error(yaml.replace("\\n", "\n")).lines().findFirst()).hasValue("probes.yaml:" + message);
    }
}
