package io.plumbline.config.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the published schema of probe files against the reader that decides. */
final class ProbeSchemaTest {
    private static final Path FILE = Path.of("schema/probe.json");
    private static final SchemaRegistry FACTORY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA = FACTORY.getSchema(text(FILE), InputFormat.JSON);

    /** Where a mapping stands in a probe, what it is made of besides an unknown key, and where the schema has it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {zzzzzz: 1}                                   | /$defs/probe
            {at: 'A:1', log: {zzzzzz: 1}}                 | /$defs/log/anyOf/1
            {at: 'A:1', log: {beside: {zzzzzz: 1}, template: x}} | /$defs/log/anyOf/1/properties/beside/anyOf/1
            {at: 'A:1', snapshot: {zzzzzz: 1}}            | /$defs/snapshot/anyOf/1
            {at: 'A:1', exception: {zzzzzz: 1}}           | /$defs/exception/anyOf/1
            {at: 'A:1', count: {zzzzzz: 1}}               | /$defs/count/anyOf/1
            {at: 'A:1', gauge: {zzzzzz: 1}}               | /$defs/gauge
            {at: 'A:1', histogram: {zzzzzz: 1}}           | /$defs/histogram
            {span: {zzzzzz: 1}}                           | /$defs/span
            {span: {points: {A: {zzzzzz: 1}}}}            | /$defs/point/anyOf/1
            {at: 'A:1', log: x, limits: {zzzzzz: 1}}      | /$defs/limits
            {at: 'A:1', log: x, rollout: {zzzzzz: 1}}     | /$defs/rollout/anyOf/1
            """)
    void schema_hasTheKeysOfTheReader_andNoOther(String yaml, String pointer) throws IOException {
        Throwable refused = catchThrowable(() -> read(yaml));
        assertThat(refused).isInstanceOf(InvalidInputException.class).hasMessageContaining("; known are ");
        String message = refused.getMessage();
        Set<String> taken = new TreeSet<>(Arrays.asList(
                message.substring(message.indexOf("; known are ") + 12).split(", ")));

        JsonNode mapping = new ObjectMapper().readTree(text(FILE)).at(pointer);
        Set<String> published = new TreeSet<>();
        mapping.get("properties").fieldNames().forEachRemaining(published::add);

        assertThat(published).isEqualTo(taken);
        assertThat(mapping.get("additionalProperties").asBoolean(true)).isFalse();
    }

    @Test
    void everyKeyOfTheSchema_isDescribed() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(text(FILE));
        List<String> silent = new ArrayList<>();
        for (JsonNode properties : schema.findValues("properties")) {
            properties.properties().forEach(property -> {
                JsonNode value = property.getValue();
                JsonNode target =
                        value.has("$ref") ? schema.at(value.get("$ref").asText().substring(1)) : value;
                if (value.isObject() && !value.has("description") && !target.has("description")) {
                    silent.add(property.getKey());
                }
            });
        }

        assertThat(silent).isEmpty();
    }

    @Test
    void schema_isOneOfTheDraft() {
        Schema draft = FACTORY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

        assertThat(draft.validate(text(FILE), InputFormat.JSON)).isEmpty();
        assertThat(draft.validate("{\"type\": \"colour\"}", InputFormat.JSON)).isNotEmpty();
    }

    static Stream<String> documented() throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> samples = Files.list(Path.of("probes"))) {
            samples.sorted().map(ProbeSchemaTest::text).forEach(texts::add);
        }
        for (String page : List.of("probes.md", "safety.md")) {
            Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                    .matcher(text(Path.of("../docs").resolve(page)));
            while (block.find()) {
                texts.add(block.group(1));
            }
        }
        assertThat(texts).hasSizeGreaterThan(5);
        return texts.stream();
    }

    @ParameterizedTest
    @MethodSource("documented")
    void samplesAndDocumentation_areTakenByBoth(String yaml) {
        assertTaken(yaml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{at: 'A:1', log: x}",
                "[{at: 'A:1', log: x}, {at: 'B:2', count: b}]",
                "{probes: {at: 'A:1', log: 5}}",
                "{at: '-Buffer.kt:7', log: [x, {template: y, level: WARN, beside: {lift: true}}]}",
                "{at: 'shop.A#place(String,int):exception(IOException)', exception: {variables: false, watch: [a, b]}}",
                "{at: 'A#<init>', if: true, snapshot: {watch: a, stack: 0, bytes: 1024}, for: never}",
                "{at: 'A:1', count: [{name: a, beside: true}, b], limits: {cpu: 0.5, hits: 1}}",
                "{at: 'A:1', gauge: {name: a, value: 1, labels: {tier: 'x'}}, limits: {cpu: '0.5 %', over-budget: disable}}",
                "{at: 'A:1', histogram: {name: a.b/c, value: x, buckets: [1, 2.5]}, to: errors, on: {service: 's*', zone: 1}}",
                "{at: 'A:1', log: x, rollout: guarded, to: [a, b], for: 1d2h}",
                "{at: 'A:1', log: x, rollout: {first: 2, then: 10%, wait: 5s, max-cost: 2, max-cpu: 900%}}",
                "{span: {points: {A: 'A:1', B: {at: 'B:2', by: x, beside: [event]}}, by: y, pairs: 'A->B', within: 1h}}",
            })
    void otherForms_areTakenByBoth(String yaml) {
        assertTaken(yaml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{at: 'A:1'}",
                "{log: x}",
                "{at: 'A', log: x}",
                "{at: 'A:1', lgo: x}",
                "{at: 'A:1', log: {level: info}}",
                "{at: 'A:1', log: {template: x, level: loud}}",
                "{at: 'A:1', log: {template: x, beside: {logger: 'two words'}}}",
                "{at: 'A:1', snapshot: false}",
                "{at: 'A:1', snapshot: {variables: false}}",
                "{at: 'A:1', snapshot: {depth: 11}}",
                "{at: 'A:1', count: {value: x}}",
                "{at: 'A:1', count: 'two words'}",
                "{at: 'A:1', count: {name: a, buckets: [1]}}",
                "{at: 'A:1', count: {name: a, labels: {service: x}}}",
                "{at: 'A:1', count: {name: a, labels: {__a: x}}}",
                "{at: 'A:1', gauge: {name: a}}",
                "{at: 'A:1', histogram: a}",
                "{at: 'A:1', histogram: {name: a, value: x, buckets: []}}",
                "{at: 'A:1', log: x, id: Upper}",
                "{at: 'A:1', log: x, for: soon}",
                "{at: 'A:1', log: x, for: 5}",
                "{at: 'A:1', log: x, to: []}",
                "{at: 'A:1', log: x, to: [A]}",
                "{at: 'A:1', log: x, limits: {per-second: 0}}",
                "{at: 'A:1', log: x, limits: {cpu: much}}",
                "{at: 'A:1', log: x, limits: {over-budget: stop}}",
                "{at: 'A:1', log: x, rollout: careful}",
                "{at: 'A:1', log: x, rollout: {first: 0}}",
                "{at: 'A:1', log: x, redact: no}",
                "{at: 'A:1', log: x, on: shop}",
                "{span: {points: {A: 'A:1'}}}",
                "{span: {points: {A: 'A:1', 2: 'B:2'}}}",
                "{span: {points: {A: 'A:1', B: {at: 'B:2', beside: all}}}}",
                "{at: 'A:1', span: {points: {A: 'A:1', B: 'B:2'}}}",
                "{log: x, span: {points: {A: 'A:1', B: 'B:2'}}}",
                "{probes: [], more: 1}",
            })
    void invalidFiles_areRefusedByBoth(String yaml) {
        assertThatThrownBy(() -> read(yaml)).as("the reader").isInstanceOf(InvalidInputException.class);
        assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).as("the schema").isNotEmpty();
    }

    private static void assertTaken(String yaml) {
        assertThatCode(() -> read(yaml)).as("the reader").doesNotThrowAnyException();
        for (String document : yaml.split("(?m)^---$")) {
            assertThat(SCHEMA.validate(document, InputFormat.YAML))
                    .as("the schema")
                    .isEmpty();
        }
    }

    private static List<Probe> read(String yaml) {
        return ProbeReader.writtenAll(YamlText.read(yaml, "test"), Clock.systemUTC());
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
