package io.plumbline.exporters.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.ScriptedBackend.Reply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an exporter that sends by HTTP must make of each answer. The backend is scripted: it gives the answers that a
 * real one cannot be made to give.
 */
public abstract class HttpExporterKit extends ExporterKit {

    private final ScriptedBackend backend = ScriptedBackend.start(this::replyBefore, this::accepted);

    /** Settings that lead to the backend and wait for an answer at most {@code timeout}. */
    protected abstract Map<String, String> settings(URI backend, Duration timeout);

    /** The backend's answer when it took all of a batch. */
    protected abstract Reply accepted(ScriptedBackend.Request request);

    /** The answer to a request that is not the batch itself (version, set-up), or empty if it is the batch. */
    protected Optional<Reply> replyBefore(ScriptedBackend.Request request) {
        return Optional.empty();
    }

    /**
     * The answers, a request each, when one of {@code size} signals failed with a status and those before it did not;
     * none if the backend knows no such answers.
     */
    protected List<Reply> partial(int size, int failed, int status) {
        return List.of();
    }

    /** How many signals the kit may send when one answer is to be for all of them: 1 if each has its own request. */
    protected int signalsOfOneRequest() {
        return 2;
    }

    /** A secret that the settings hold, which must not show up in reasons; "" if there is none. */
    protected String secret() {
        return "";
    }

    protected final ScriptedBackend backend() {
        return backend;
    }

    @Override
    protected final Map<String, String> settings() {
        return settings(backend.uri(), Duration.ofSeconds(20));
    }

    @AfterEach
    final void closeBackend() {
        backend.close();
    }

    @Test
    void create_doesNotSpeakToTheBackend() {
        assertThat(backend.requests()).isEmpty();
    }

    @Test
    void export_emptyBatch_isNotSent() throws InterruptedException {
        exporter().export(batch(0));

        assertThat(backend.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void export_passingStatus_isRetried(int status) throws InterruptedException {
        backend.next(Reply.status(status));

        assertThat(exporter().export(batch(2))).isInstanceOf(Outcome.Retry.class);
        assertThat(exporter().export(batch(2))).isEqualTo(Outcome.delivered());
    }

    @Test
    void export_retryAfterInSeconds_isHandedOn() throws InterruptedException {
        backend.next(Reply.status(429).header("Retry-After", "7"));

        assertThat(retryAfter(exporter().export(batch(1)))).contains(Duration.ofSeconds(7));
    }

    @Test
    void export_retryAfterAsDate_isHandedOn() throws InterruptedException {
        ZonedDateTime inAnHour = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1);
        backend.next(Reply.status(503).header("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(inAnHour)));

        assertThat(retryAfter(exporter().export(batch(1))).orElseThrow())
                .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(61));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void export_notLetIn_isUnauthorized(int status) throws InterruptedException {
        backend.next(Reply.status(status));

        assertThat(exporter().export(batch(2))).isInstanceOf(Outcome.Unauthorized.class);
    }

    @Test
    void export_tooLarge_saysSo() throws InterruptedException {
        backend.next(Reply.status(413));

        assertThat(exporter().export(batch(signalsOfOneRequest()))).isInstanceOf(Outcome.TooLarge.class);
    }

    @Test
    void export_badRequest_isRejected() throws InterruptedException {
        backend.next(Reply.status(400).body("cannot parse this"));

        assertThat(exporter().export(batch(signalsOfOneRequest())))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class, it -> assertThat(it.reason()).contains("400", "cannot parse this"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 404, 405})
    void export_somethingElseLivesThere_costsNoData(int status) throws InterruptedException {
        backend.next(Reply.status(status));

        assertThat(exporter().export(batch(2))).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void export_oneFailsForGood_onlyThatIsRejected() throws InterruptedException {
        assumeThat(partial(3, 1, 400)).as("backend answers for each signal").isNotEmpty();
        partial(3, 1, 400).forEach(backend::next);

        assertThat(exporter().export(batch(3)))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        partial -> assertThat(partial.rejections())
                                .singleElement()
                                .matches(it -> it.index() == 1
                                        && !it.retryable()
                                        && !it.reason().isBlank()));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void export_oneFailsForNow_onlyThatIsRetryable(int status) throws InterruptedException {
        assumeThat(partial(3, 2, status)).as("backend answers for each signal").isNotEmpty();
        partial(3, 2, status).forEach(backend::next);

        assertThat(exporter().export(batch(3)))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        partial -> assertThat(partial.rejections())
                                .singleElement()
                                .matches(it -> it.index() == 2 && it.retryable()));
    }

    @Test
    void export_connectionReset_isRetried() throws InterruptedException {
        backend.next(Reply.reset());

        assertThat(exporter().export(batch(2))).isInstanceOf(Outcome.Retry.class);
        assertThat(exporter().export(batch(2))).isEqualTo(Outcome.delivered());
    }

    @Test
    void export_answerCutOff_isRetried() throws InterruptedException {
        backend.next(Reply.status(200).body("{").header("Content-Length", "1000"));

        assertThat(exporter().export(batch(2))).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void export_nobodyListens_isRetried() throws Exception {
        try (var bound = new Socket()) { // holds the port and does not listen, so nobody else can get it meanwhile
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            URI nobody = URI.create("http://127.0.0.1:" + bound.getLocalPort());

            try (var lonely = create(settings(nobody, Duration.ofSeconds(20)))) {
                assertThat(lonely.export(batch(2))).isInstanceOf(Outcome.Retry.class);
            }
        }
    }

    @Test
    void export_noAnswer_isRetriedAfterTheTimeout() throws InterruptedException {
        backend.next(Reply.silence());
        try (var impatient = create(settings(backend.uri(), Duration.ofMillis(300)))) {
            assertThat(impatient.export(batch(1))).isInstanceOf(Outcome.Retry.class);
        }
    }

    @Test
    void export_slowAnswer_isAwaited() throws Exception {
        Reply held = accepted(new ScriptedBackend.Request("POST", "/", Map.of(), new byte[0], 1))
                .held();
        backend.next(held);
        CompletableFuture<Outcome> outcome = exportElsewhere();
        backend.awaitBatch();

        assertThat(outcome).isNotDone();
        held.release();

        assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo(Outcome.delivered());
    }

    @Test
    void close_inTheMiddle_exportComesBack() throws Exception {
        backend.next(Reply.silence());
        CompletableFuture<Outcome> outcome = exportElsewhere();
        backend.awaitBatch();

        exporter().close();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void export_interrupted_throws() throws Exception {
        backend.next(Reply.silence());
        AtomicReference<Thread> host = new AtomicReference<>();
        CompletableFuture<Outcome> outcome = exportElsewhere(host);
        backend.awaitBatch();

        host.get().interrupt();

        assertThatThrownBy(() -> outcome.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 413, 500})
    void export_failed_reasonKeepsTheSecret(int status) throws InterruptedException {
        assumeThat(secret()).as("has a secret").isNotEmpty();
        backend.next(Reply.status(status));

        assertThat(exporter().export(batch(1)).toString()).doesNotContain(secret());
        assertThat(exporter().toString()).doesNotContain(secret());
    }

    private CompletableFuture<Outcome> exportElsewhere() {
        return exportElsewhere(new AtomicReference<>());
    }

    private CompletableFuture<Outcome> exportElsewhere(AtomicReference<Thread> host) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        outcome.complete(exporter().export(batch(1)));
                    } catch (InterruptedException | RuntimeException e) {
                        outcome.completeExceptionally(e);
                    }
                },
                "kit-host");
        host.set(thread);
        thread.setDaemon(true);
        thread.start();
        return outcome;
    }

    private static Optional<Duration> retryAfter(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Retry.class);
        return ((Outcome.Retry) outcome).retryAfter();
    }
}
