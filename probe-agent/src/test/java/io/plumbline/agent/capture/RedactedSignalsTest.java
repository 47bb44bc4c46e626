package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.cases.Secrets;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** No signal carries a secret: not in a message, a value, a label, a thread's name, an error's text. */
class RedactedSignalsTest {
    private static final String CARD = "4111 1111 1111 1111";

    private final SignalRing ring = new SignalRing(Probes.renderer());
    private LogRecords records;

    private LogRecordData drain(int holes, Consumer<LogEntry> fill) {
        records = Probes.records(ring, holes);
        LogEntry entry = Probes.claim(records);
        fill.accept(entry);
        entry.commit();
        LogDrain drain = new LogDrain(Resource.empty(), Redaction.standard());
        List<LogRecordData> found = new ArrayList<>();
        ring.drain(slot -> found.add(drain.read(slot)), 10);
        return found.get(0);
    }

    private static String body(LogRecordData signal) {
        return signal.getBodyValue().asString().replaceFirst("^values ", "");
    }

    private static String everything(LogRecordData signal) {
        return body(signal) + " "
                + signal.getAttributes().asMap().values().stream()
                        .map(value ->
                                value instanceof io.opentelemetry.api.common.Value<?> map ? map.asString() : value)
                        .toList();
    }

    @Test
    void record_secretInText_leavesNeitherInBodyNorInValues() {
        LogRecordData signal = drain(2, entry -> {
            entry.put((Object) ("paid with " + CARD));
            entry.put(4_111_111_111_111_111L);
        });

        assertThat(body(signal)).isEqualTo("paid with *** ***");
        assertThat(everything(signal)).doesNotContain("1111");
        assertThat(records.tap().dropped()).containsEntry("redacted", 2L);
    }

    @Test
    void record_secretOverTwoHoles_leavesInNoPart() {
        LogRecordData signal = drain(3, entry -> {
            entry.put((Object) "no 4111 1111");
            entry.put((Object) "1111 1111");
            entry.put((Object) "thanks");
        });

        assertThat(body(signal)).isEqualTo("no *** thanks");
        assertThat(everything(signal)).doesNotContain("1111").contains("thanks");
        assertThat(records.tap().dropped()).containsEntry("redacted", 1L);
    }

    @Test
    void record_secretCutAtTheBound_leavesNoHalf() {
        for (int kept = 7; kept <= CARD.length(); kept++) {
            String text = "x".repeat(1_024 - kept - 1) + " " + CARD;

            LogRecordData signal = drain(1, entry -> entry.put((Object) text));

            assertThat(everything(signal)).as("kept " + kept).doesNotContain("4111 111");
        }
    }

    @Test
    void record_secretInElementCutShort_leavesNoHalf() {
        String text = "x".repeat(118) + " " + CARD;

        LogRecordData signal = drain(1, entry -> entry.put((Object) List.of(text, "next")));

        assertThat(body(signal)).isEqualTo("[" + "x".repeat(118) + " ***…, next]");
    }

    @Test
    void record_exceptionsMessageAndThreadsName_areClean() throws InterruptedException {
        LogRecordData[] signal = new LogRecordData[2];
        Thread thread = new Thread(
                () -> {
                    signal[0] =
                            drain(1, entry -> entry.put(new IllegalStateException("login with password=swordfish")));
                    signal[1] = drain(1, entry -> entry.error(new ArithmeticException("token=abc")));
                },
                "worker token=t-1");
        thread.start();
        thread.join();

        assertThat(body(signal[0])).isEqualTo("java.lang.IllegalStateException: login with password=***");
        assertThat(body(signal[1])).isEqualTo("<error: java.lang.ArithmeticException: token=***>");
        assertThat(signal[0].getAttributes().get(AttributeKey.stringKey("thread.name")))
                .isEqualTo("worker token=***");
    }

    @Test
    void record_hiddenTypeAndConstantKey_showStars() {
        Secrets.OwnKey key = new Secrets.OwnKey();

        assertThat(body(drain(1, entry -> entry.put(key)))).isEqualTo("***");
        assertThat(body(drain(1, entry -> entry.put(new Object[] {key, 1})))).isEqualTo("[***, 1]");
        assertThat(body(drain(1, entry -> entry.put(Map.of(Secrets.Field.PASSWORD, "swordfish")))))
                .isEqualTo("{PASSWORD=***}");
        assertThat(body(drain(1, entry -> entry.put(Map.of("k", key))))).isEqualTo("{k=***}");
    }

    @Test
    void record_objectInAllowMode_showsListedFieldsOnly() {
        Redaction allow = Redaction.of(Settings.of(
                Map.of("plumbline.redaction.mode", "allow", "plumbline.redaction.allow-names", "user,name")));
        SignalRing own = new SignalRing(new Renderer(new ObjectShapes(allow)));
        LogEntry entry = Probes.claim(Probes.records(own, 1));
        entry.put(new Wallet());
        entry.commit();
        List<String> found = new ArrayList<>();
        LogDrain drain = new LogDrain(Resource.empty(), allow);
        own.drain(slot -> found.add(body(drain.read(slot))), 1);

        assertThat(found.get(0))
                .isEqualTo("RedactedSignalsTest$Wallet{user=ada, coins=***}")
                .doesNotContain("17");
    }

    /** Has one field that is listed. */
    private static final class Wallet {
        @SuppressWarnings("unused")
        private final String user = "ada";

        @SuppressWarnings("unused")
        private final int coins = 17;
    }

    @Test
    void snapshot_secrets_areHiddenByNameTypeAndLooks() {
        assertThat(Snapshots.shown("", new Secrets()))
                .contains("name: 'Ada'", "password: '***'", "key: '***'", "thing: '***'", "user: 'ada'", "pin: '***'")
                .contains("PASSWORD: '***'", "NAME: 'Ada'")
                .doesNotContain("swordfish")
                .doesNotContain("key material");
        assertThat(Snapshots.shown("", List.of(CARD, 4_111_111_111_111_111L, 1_700_000_000_000L, new Object[] {CARD})))
                .isEqualTo("['***', '***', 1700000000000, ['***']]");
        assertThat(Snapshots.shown("", Map.of(CARD, 1))).isEqualTo("{***: 1}");
        assertThat(Snapshots.shown(", length: 20", "x".repeat(10) + " " + CARD))
                .isEqualTo("{@text: 'xxxxxxxxxx ***', @cut: 'length', @length: 30}");
    }

    @Test
    void label_secrets_areOneSeriesAndCounted() {
        Probe probe = Probes.of("{id: p, at: 'shop.Order:1', count: {name: paid, labels: {with: number}}}");
        Instrument instrument = new Instrument(
                probe,
                probe.metrics().get(0),
                10,
                new TraceReader(),
                new AnchoredClock(),
                new Points(Resource.empty()),
                Redaction.standard());
        instrument.root().child((Object) "4111111111111111").increment(1);
        instrument.root().child(5_555_555_555_554_444L).increment(1);
        instrument.root().child((Object) "cash").increment(1);
        instrument.root().child(new Secrets.OwnKey()).increment(1);

        Map<String, Double> sums = new TreeMap<>();
        instrument
                .collect(true)
                .forEach(metric -> metric.getDoubleSumData()
                        .getPoints()
                        .forEach(point ->
                                sums.put(point.getAttributes().get(AttributeKey.stringKey("with")), point.getValue())));
        Map<String, Long> dropped = new TreeMap<>();
        instrument.addDropped(dropped);

        assertThat(sums).containsOnly(Map.entry("***", 3.0), Map.entry("cash", 1.0));
        assertThat(dropped).containsEntry("redacted", 2L);
    }

    @Test
    void tap_errorWithSecret_isReportedClean() {
        ProbeTap tap = Probes.tap(Probes.of("{id: p, at: 'shop.Order:1', count: c}"));
        tap.failed(new IllegalStateException("at https://bob:s3cr3t@db/x"));
        assertThat(tap.lastError()).isEqualTo("java.lang.IllegalStateException: at https://bob:***@db/x");

        tap.failed(new AssertionError("token=abc"));
        assertThat(tap.suspension()).endsWith("java.lang.AssertionError: token=***");
    }

    @Test
    void message_secretCutAnywhereIntoHoles_leavesInNoPart() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            String number = "4000" + String.format("%011d", Math.floorMod(random.nextLong(), 100_000_000_000L));
            int check = 0;
            while (Redaction.standard().secrets(number + check).isEmpty()) {
                check++;
            }
            String whole = number + check;
            int first = 1 + random.nextInt(15);
            List<String> values = List.of(whole.substring(0, first), whole.substring(first));

            Message message = Message.of(List.of("card ", "", " ok"), values, Redaction.standard());

            assertThat(message.body()).isEqualTo("card *** ok");
            assertThat(String.join("", message.values())).isEqualTo("******");
        }
    }
}
