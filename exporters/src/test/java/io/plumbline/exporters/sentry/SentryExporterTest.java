package io.plumbline.exporters.sentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.Outcome.Rejection;
import io.plumbline.exporters.SettingsException;
import io.plumbline.exporters.kit.HttpExporterKit;
import io.plumbline.exporters.kit.ScriptedBackend.Reply;
import io.plumbline.exporters.kit.ScriptedBackend.Request;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.Signal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a scripted backend: what becomes of a batch. What an event looks like is {@link SentryEventTest}'s. */
class SentryExporterTest extends HttpExporterKit {

    private static final String LIMITS = "X-Sentry-Rate-Limits";

    private final AtomicLong nanoTime = new AtomicLong(-5);

    @Override
    protected ExporterFactory factory() {
        return new SentryExporterFactory();
    }

    @Override
    protected Map<String, String> settings(URI backend, Duration timeout) {
        return Map.of(
                "sentry.dsn",
                backend.toString().replace("http://", "http://" + secret() + "@") + "/42",
                "sentry.timeout",
                timeout.toMillis() + "ms");
    }

    @Override
    protected String secret() {
        return "9f1c4711secret";
    }

    @Override
    protected Reply accepted(Request request) {
        return Reply.status(200).body("{\"id\":\"fc6d8c0c43fc4630ad850ee518f1b9d0\"}");
    }

    @Override
    protected List<Signal> batch(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> (Signal) SentrySignals.exception("uid-" + i))
                .toList();
    }

    @Override
    protected List<Reply> partial(int size, int failed, int status) {
        return Stream.concat(
                        IntStream.range(0, failed).mapToObj(i -> Reply.status(200)), Stream.of(Reply.status(status)))
                .toList();
    }

    @Override
    protected int signalsOfOneRequest() {
        return 1;
    }

    @Test
    void export_request_isPackedSignedAndToTheProject() throws Exception {
        exporter().export(batch(1));

        Request request = backend().requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/api/42/envelope/");
        assertThat(request.headers())
                .containsEntry("content-encoding", "gzip")
                .containsEntry("content-type", "application/x-sentry-envelope");
        assertThat(request.headers().get("x-sentry-auth"))
                .matches("Sentry sentry_version=7, sentry_client=plumbline/\\S+, sentry_key=" + secret());
    }

    @Test
    void export_severalEvents_areOneEnvelopeEach() throws Exception {
        exporter().export(batch(3));

        assertThat(backend().requests())
                .hasSize(3)
                .allMatch(it -> it.text().lines().count() == 3);
    }

    @Test
    void export_otherLogs_areDeliveredWithoutAWord() throws Exception {
        Outcome outcome =
                exporter().export(List.of(TestSignals.log("uid-1", "hello"), TestSignals.log("uid-2", "you")));

        assertThat(outcome).isEqualTo(Outcome.delivered());
        assertThat(backend().requests()).isEmpty();
    }

    @Test
    void export_unavailableInTheMiddle_onlyTheRestIsRepeated() throws Exception {
        backend().next(Reply.status(200));
        backend().next(Reply.status(503));
        List<Signal> batch = List.of(
                SentrySignals.exception("uid-0"),
                SentrySignals.exception("uid-1"),
                TestSignals.log("uid-2", "hello"),
                SentrySignals.exception("uid-3"));

        assertThat(exporter().export(batch))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        it -> assertThat(it.rejections())
                                .allMatch(Rejection::retryable)
                                .extracting(Rejection::index)
                                .containsExactly(1, 3));
        assertThat(backend().requests()).hasSize(2);
    }

    @Test
    void export_notLetInInTheMiddle_restIsRetryableAndThenUnauthorized() throws Exception {
        backend().next(Reply.status(200));
        backend().next(Reply.status(403));
        backend().next(Reply.status(403));

        assertThat(exporter().export(batch(2)))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        it -> assertThat(it.rejections())
                                .singleElement()
                                .matches(one -> one.index() == 1 && one.retryable()));
        assertThat(exporter().export(batch(2).subList(1, 2))).isInstanceOf(Outcome.Unauthorized.class);
    }

    @Test
    void export_firstIsTooLargeForTheBackend_othersGo() throws Exception {
        backend().next(Reply.status(413));

        assertThat(exporter().export(batch(3)))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        it -> assertThat(it.rejections())
                                .singleElement()
                                .matches(one -> one.index() == 0 && !one.retryable()));
        assertThat(backend().requests()).hasSize(3);
    }

    @Test
    void export_tooLargeHoweverCut_isRejectedAloneAndNotSent() throws Exception {
        Signal huge = SentrySignals.exception("uid-1", Map.of(), SentryEventTest.endlessCauses());

        assertThat(exporter().export(List.of(batch(1).get(0), huge)))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        it -> assertThat(it.rejections())
                                .singleElement()
                                .matches(one -> one.index() == 1
                                        && !one.retryable()
                                        && one.reason().contains("larger than Sentry takes")));
        assertThat(backend().requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "60:error:organization|60",
                "60::organization|60",
                "60|60",
                "2.5:default:key|2",
                "5:transaction:key, 70:default;error:organization:quota:ns, 8:error:key|70",
                "soon:error:key|60",
                "99999999:error:key|3600",
            })
    void export_limitOnSuccess_holdsTheNext(String limits, long seconds) throws Exception {
        try (Exporter exporter = withFakeClock()) {
            backend().next(Reply.status(200).header(LIMITS, limits));

            assertThat(exporter.export(batch(1))).isEqualTo(Outcome.delivered());
            assertThat(exporter.export(batch(1)))
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            it -> assertThat(it.retryAfter().orElseThrow().toSeconds())
                                    .isEqualTo(seconds));
            assertThat(backend().requests()).hasSize(1);

            nanoTime.addAndGet(Duration.ofSeconds(seconds + 1).toNanos());
            assertThat(exporter.export(batch(1))).isEqualTo(Outcome.delivered());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"60:transaction:organization", "60:attachment;session:key", "", "0:error:key"})
    void export_limitOfOtherThings_holdsNothing(String limits) throws Exception {
        backend().next(Reply.status(200).header(LIMITS, limits));

        exporter().export(batch(1));

        assertThat(exporter().export(batch(1))).isEqualTo(Outcome.delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 400, 413})
    void export_limitOnAnyFinalStatus_holdsTheNext(int status) throws Exception {
        backend().next(Reply.status(status).header(LIMITS, "60:error:key"));

        exporter().export(batch(1));

        assertThat(exporter().export(batch(1))).isInstanceOf(Outcome.Retry.class);
        assertThat(backend().requests()).hasSize(1);
    }

    @Test
    void export_limitInTheMiddle_restIsHeldThenSentOnce() throws Exception {
        try (Exporter exporter = withFakeClock()) {
            backend().next(Reply.status(200).header(LIMITS, "60:error:key"));

            assertThat(exporter.export(batch(3)))
                    .isInstanceOfSatisfying(
                            Outcome.Partial.class,
                            it -> assertThat(it.rejections())
                                    .allMatch(Rejection::retryable)
                                    .extracting(Rejection::index)
                                    .containsExactly(1, 2));
            assertThat(exporter.export(batch(3).subList(1, 3))).isInstanceOf(Outcome.Retry.class);

            nanoTime.addAndGet(Duration.ofSeconds(60).toNanos());
            assertThat(exporter.export(batch(3).subList(1, 3))).isEqualTo(Outcome.delivered());
            assertThat(backend().requests()).hasSize(3);
        }
    }

    @Test
    void export_tooManyInTheMiddle_waitIsKeptForTheRest() throws Exception {
        try (Exporter exporter = withFakeClock()) {
            backend().next(Reply.status(200));
            backend().next(Reply.status(429).header("Retry-After", "40"));

            assertThat(exporter.export(batch(2))).isInstanceOf(Outcome.Partial.class);
            assertThat(exporter.export(batch(2).subList(1, 2)))
                    .isInstanceOfSatisfying(
                            Outcome.Retry.class,
                            it -> assertThat(it.retryAfter()).contains(Duration.ofSeconds(40)));
            assertThat(backend().requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {"90:error:key|7|90", "90:transaction:key|7|7", "-|-|60", "90:transaction:key|-|60"})
    void export_tooMany_saysForHowLong(String limits, String retryAfter, long seconds) throws Exception {
        Reply reply = Reply.status(429);
        reply = limits == null ? reply : reply.header(LIMITS, limits);
        backend().next(retryAfter == null ? reply : reply.header("Retry-After", retryAfter));

        assertThat(exporter().export(batch(2)))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, it -> assertThat(it.retryAfter()).contains(Duration.ofSeconds(seconds)));
    }

    @Test
    void export_backendRepeatsTheKeys_reasonHidesThem() throws Exception {
        String dsn = backend().uri().toString().replace("http://", "http://thekey:thesecret@") + "/42";
        backend().next(Reply.status(403).body("no thekey with thesecret here"));

        try (Exporter exporter = create(Map.of("sentry.dsn", dsn))) {
            assertThat(exporter.export(batch(1)).toString())
                    .contains("no *** with *** here", "check sentry.dsn")
                    .doesNotContain("thekey", "thesecret");
        }
        assertThat(backend().requests().get(0).headers().get("x-sentry-auth"))
                .endsWith("sentry_key=thekey, sentry_secret=thesecret");
    }

    @Test
    void create_dsnMissing_namesTheKey() {
        assertThatThrownBy(() -> create(Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("sentry.dsn is missing; set it, for example sentry.dsn=https://KEY@o1.ingest.sentry.io/2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://hidden@sentry.example.com|https://***@sentry.example.com",
                "https://hidden@sentry.example.com/|https://***@sentry.example.com/",
                "https://sentry.example.com/hidden|…",
                "ftp://hidden@sentry.example.com/1|ftp://***@sentry.example.com/1",
                "https://hid den@sentry.example.com/1|https://***@sentry.example.com/1",
                "https://hidden:hid%20den@sentry.example.com/1|https://***@sentry.example.com/1",
                "https://@sentry.example.com/1|https://***@sentry.example.com/1",
                "https://hidden@sentry.example.com/1?a=b|https://***@sentry.example.com/1?a=b",
                "hidden@sentry.example.com/1|***@sentry.example.com/1",
                "hidden|…",
            })
    void create_dsnThatIsNone_saysTheRuleAndHidesTheKey(String dsn, String shown) {
        assertThatThrownBy(() -> create(Map.of("sentry.dsn", dsn)))
                .isInstanceOf(SettingsException.class)
                .hasMessage("sentry.dsn must read https://KEY@HOST/PROJECT; copy it from the project's settings in"
                        + " Sentry, Client Keys (DSN): " + shown)
                .hasNoCause();
    }

    @Test
    void create_timeoutThatIsNone_isRefused() {
        assertThatThrownBy(() -> create(Map.of("sentry.dsn", "https://k@h/1", "sentry.timeout", "soon")))
                .hasMessageStartingWith("sentry.timeout must be a time above zero");
    }

    @ParameterizedTest
    @CsvSource({
        "https://k@sentry.example.com/7, https://sentry.example.com, /api/7/envelope/",
        "HTTPS://k:s@sentry.example.com:9000/7/, https://sentry.example.com:9000, /api/7/envelope/",
        "http://k@sentry.example.com/behind/a/proxy/7, http://sentry.example.com/behind/a/proxy, /api/7/envelope/",
    })
    void read_dsn_leadsToTheEndpoint(String dsn, String url, String path) {
        SentrySettings read = SentrySettings.read(ExporterSettings.of("sentry", Map.of("sentry.dsn", dsn)));

        assertThat(read.target().url()).hasToString(url);
        assertThat(read.path()).isEqualTo(path);
        assertThat(read.toString()).doesNotContain("k@", "k:s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"o1.ingest.sentry.io", "o1.ingest.de.sentry.io", "sentry.io"})
    void links_ofSentrysService_leadToTheProject(String host) {
        try (Exporter exporter = create(Map.of("sentry.dsn", "https://k@" + host + "/7"))) {
            assertThat(exporter.links())
                    .containsEntry(
                            "project",
                            URI.create("https://sentry.io/orgredirect/organizations/:orgslug/issues/?project=7"));
        }
    }

    @Test
    void links_ofAnotherHost_areNone() {
        assertThat(exporter().links()).isEmpty();
    }

    private Exporter withFakeClock() {
        return new SentryExporter(SentrySettings.read(ExporterSettings.of("sentry", settings())), nanoTime::get);
    }
}
