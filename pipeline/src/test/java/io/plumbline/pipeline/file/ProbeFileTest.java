package io.plumbline.pipeline.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.RandomProbes;
import io.plumbline.config.probe.WrittenForm;
import io.plumbline.config.text.YamlText;
import io.plumbline.pipeline.file.ProbeFile.Updated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of probes keep what is not changed, and say what the probes are. */
final class ProbeFileTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static final String FILE = """
            # Ours. Ask Ada before you change them.
            probes:
              # the dear ones
              - id: dear
                at: 'shop.OrderService:42'   # before payment
                if: total > 1000  # EUR
                # warn: somebody reads it
                log: {template: "order {order.id}", level: warn}
                limits:
                  per-second: 10   # a second
                  hits: 5

              - {at: 'B:2', count: b.c, id: b}   # in braces

              # the last one
              - id: last
                at: C:3
                snapshot: true
            # the end
            """;

    @Test
    void aFile_ofRandomProbes_readsBackAsTheyAre() {
        RandomProbes random = new RandomProbes(11);
        for (int i = 0; i < 500; i++) {
            Probe probe = livingSomeTime(random.next());
            String yaml = ProbeYaml.file(List.of(probe));

            Probe read = read(yaml).get(0);

            assertThat(read.isSameQuestion(probe)).as(yaml).isTrue();
            assertThat(read.targets()).as(yaml).isEqualTo(probe.targets());
            assertThat(read.rollout()).as(yaml).isEqualTo(probe.rollout());
            assertThat(life(read)).as(yaml).isEqualTo(life(probe));
        }
    }

    @Test
    void aSpan_isWrittenShort_andReadsBack() {
        String yaml = """
                probes:
                  - id: checkout
                    span:
                      by: order.id
                      points:
                        A: shop.Orders:42
                        B: {at: 'store.Packing:17', by: message.orderId}
                        C:
                          at: shop.Orders:60
                          if: total > 100
                          attributes: {order: order.id}
                          beside: [attributes, event]
                      pairs: [A->C]
                    for: 30m
                """;
        assertThat(ProbeYaml.file(read(yaml))).isEqualTo(yaml);
    }

    @Test
    void update_withTheSame_keepsEveryLetter() throws IOException {
        assertThat(update(FILE, read(FILE)).text()).isEqualTo(FILE);
        for (String sample : List.of("orders.yaml", "double-charge.yaml")) {
            String text = Files.readString(Path.of("../config/probes", sample));
            Updated updated = update(text, read(text));
            assertThat(updated.text()).isEqualTo(text);
            assertThat(updated.same()).hasSameSizeAs(read(text));
        }
    }

    @Test
    void update_changesTheKeysThatDiffer_andNoMore() {
        String after = FILE.replace("if: total > 1000  #", "if: total > 2000  #")
                .replace("per-second: 10   # a second\n      hits: 5", "per-second: 20")
                .replace("limits:\n      per-second: 20", "limits: {per-second: 20}\n    for: 2h");
        List<Probe> now = read("""
                - {id: dear, at: 'shop.OrderService:42', if: total > 2000, for: 2h,
                   log: {template: "order {order.id}", level: warn}, limits: {per-second: 20}}
                - {id: last, at: 'C:3', snapshot: true}
                """);

        Updated updated = update(FILE, now);

        assertThat(updated.text()).isEqualTo(after);
        assertThat(updated.changed()).containsExactly("dear");
        assertThat(updated.same()).containsExactly("last");
        assertThat(updated.others()).containsExactly("b");
    }

    @Test
    void update_takesKeysOut_andAddsProbesAtTheListsEnd() {
        List<Probe> now = read("""
                - {id: dear, at: 'shop.OrderService:42', log: {template: "order {order.id}", level: warn}}
                - {id: new, at: 'D:4', log: "two\\nlines", for: 1h}
                """);

        String after = update(FILE, now).text();

        assertThat(after)
                .isEqualTo(
                        FILE.replace("    if: total > 1000  # EUR\n", "")
                                .replace("    limits:\n      per-second: 10   # a second\n      hits: 5\n", "")
                                .replace(
                                        "    snapshot: true\n",
                                        "    snapshot: true\n  - id: new\n    at: D:4\n    log: \"two\\nlines\"\n    for: 1h\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment\n",
                "id: x\nat: X:1\nlog: |\n  one\n  two\n# end",
                "{id: x, at: 'X:1', log: 🎉}\n---\n# two\n- id: y\n  at: Y:2\n  count: y",
                "probes: []\n",
                "probes:\n- at: 'X:1'\n  id: x\n  log:\n",
                "probes:\r\n  - id: x # c\r\n    at: 'X:1'\r\n    log: >-\r\n      a\r\n      b\r\n",
            })
    void update_ofAnyForm_toRandomProbes_isWhatTheyAre(String yaml) {
        String text = yaml.replace("log:\n", yaml.endsWith("log:\n") ? "count: c\n  if:\n" : "log:\n");
        RandomProbes random = new RandomProbes(5);
        Random choice = new Random(5);
        for (int i = 0; i < 60; i++) {
            List<Probe> now = new ArrayList<>();
            for (String id : List.of("x", "y", "z")) {
                if (choice.nextBoolean()) {
                    now.add(withId(livingSomeTime(random.next()), id));
                }
            }
            Updated updated = update(text, now);
            Map<String, Map<String, Object>> forms = forms(read(updated.text()));
            assertThat(forms).containsAllEntriesOf(forms(now));
            assertThat(update(updated.text(), now).text()).isEqualTo(updated.text());
            assertThat(updated.text().lines().filter(line -> line.stripLeading().startsWith("#")))
                    .containsExactlyElementsOf(text.lines()
                            .filter(line -> line.stripLeading().startsWith("#"))
                            .toList());
            text = updated.text();
        }
    }

    private static Updated update(String text, List<Probe> now) {
        return ProbeFile.read(text, "test", CLOCK).update(now);
    }

    private static List<Probe> read(String yaml) {
        return ProbeReader.writtenAll(YamlText.read(yaml, "test"), CLOCK);
    }

    private static Map<String, Map<String, Object>> forms(List<Probe> probes) {
        return probes.stream()
                .sorted(Comparator.comparing(Probe::id))
                .collect(Collectors.toMap(Probe::id, WrittenForm::map, (a, b) -> b, TreeMap::new));
    }

    private static Duration life(Probe probe) {
        return probe.expires().equals(Instant.MAX) ? Duration.ZERO : Duration.between(probe.created(), probe.expires());
    }

    /** Random times may lie in any order; a written life is up to 30 days, in seconds. */
    private static Probe livingSomeTime(Probe probe) {
        Instant expires = probe.expires().equals(Instant.MAX)
                ? Instant.MAX
                : probe.created().plusSeconds(1 + Math.floorMod(probe.expires().toEpochMilli(), 2_592_000L));
        return with(probe, probe.id(), expires);
    }

    private static Probe withId(Probe probe, String id) {
        return with(probe, id, probe.expires());
    }

    private static Probe with(Probe probe, String id, Instant expires) {
        return new Probe(
                id,
                probe.version(),
                probe.location(),
                probe.condition(),
                probe.actions(),
                probe.targets(),
                probe.limits(),
                probe.created(),
                expires,
                probe.rollout(),
                probe.to());
    }
}
