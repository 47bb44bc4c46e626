package io.plumbline.pipeline.control;

import io.plumbline.config.signing.TrustedKeys;
import io.plumbline.config.wire.ExporterReport;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.access.Token;
import io.plumbline.pipeline.control.access.Tokens;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.audit.AuditRoutes;
import io.plumbline.pipeline.control.audit.AuditTrail;
import io.plumbline.pipeline.control.fleet.ExporterBoard;
import io.plumbline.pipeline.control.fleet.LinesDesk;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Rollouts;
import io.plumbline.pipeline.control.letters.DeadLetterDesk;
import io.plumbline.pipeline.control.letters.LetterReader;
import io.plumbline.pipeline.control.letters.ReplayedLetters;
import io.plumbline.pipeline.control.letters.Replays;
import io.plumbline.pipeline.control.probes.Definitions;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Definers;
import io.plumbline.pipeline.control.records.Sealer;
import io.plumbline.pipeline.control.records.SigningKey;
import io.plumbline.pipeline.control.records.Writer;
import io.plumbline.pipeline.control.tail.SignalTail;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A running control plane: reads what the topics say, serves the API, and tells the CLI of the same user where it is.
 *
 * <p>The bargain: it keeps nothing of its own but the key that it signs with; whatever it knows stands in Kafka and is read again at the next
 * start.
 *
 * <p>Threads: {@code control-reader}, {@code control-rollout}, {@code control-tail} while somebody watches, and the HTTP server's.
 */
public final class ControlPlane implements AutoCloseable {
    private final ControlFile file;
    private final Path data;
    private final List<String> routes;
    /** In the order of their start. */
    private final Deque<AutoCloseable> parts;

    private ControlPlane(ControlFile file, Path data, List<String> routes, Deque<AutoCloseable> parts) {
        this.routes = routes;
        this.file = file;
        this.data = data;
        this.parts = parts;
    }

    /**
     * Starts and returns when it has read what there is. The topics have to be there.
     *
     * @param data an existing folder, for the file that the CLI looks for
     * @param port 0 takes any free one
     * @param kafka client settings, with {@code bootstrap.servers}
     * @param exporters how those of this process do; others report through Kafka
     */
    public static ControlPlane start(
            Path data, int port, Map<String, Object> kafka, Supplier<List<ExporterReport>> exporters) {
        return start(data, port, kafka, exporters, () -> "", ControlSettings.NONE);
    }

    /**
     * The same.
     *
     * @param meters the process's own, as Prometheus reads them
     * @param settings what a person chose of the control plane's own
     */
    public static ControlPlane start(
            Path data,
            int port,
            Map<String, Object> kafka,
            Supplier<List<ExporterReport>> exporters,
            Supplier<String> meters,
            ControlSettings settings) {
        Clock clock = Clock.systemUTC();
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            SigningKey key = settings.signingKey(data);
            Sealer sealer = new Sealer(key, clock);
            Writer writer = started(parts, new Writer(kafka, sealer));
            Audit audit = started(parts, new Audit(writer, clock));
            TrustedKeys trusted = settings.trusted(key);
            Definers definers = new Definers(Topics.PROBES, trusted, sealer, audit, true);
            Definers makers = new Definers(Topics.TOKENS, trusted, sealer, audit, false);
            Registry registry = new Registry(clock, definers);
            String token = Token.secret();
            Tokens tokens = new Tokens(makers, clock, token);
            LinesDesk lines = new LinesDesk(writer);
            ReplayedLetters replayed = new ReplayedLetters();
            ExporterBoard board = new ExporterBoard(exporters, clock);
            ControlReader reader = started(
                    parts,
                    ControlReader.start(
                            kafka,
                            fromBeginning(registry, tokens, replayed, board),
                            Map.of(Topics.REPLIES, lines::reply)));
            audit.begin();
            definers.begin();
            makers.begin();
            reader.afterwards(definers::settle);
            reader.afterwards(makers::settle);
            SignalTail tail = started(parts, new SignalTail(kafka, registry, clock));
            Definitions definitions = new Definitions(registry, writer, reader, new AuditTrail(kafka, trusted), clock);
            Rollouts rollouts = started(parts, new Rollouts(registry, writer, reader, clock))
                    .start();
            Api api = started(
                    parts,
                    new Api(
                            port,
                            tokens,
                            registry,
                            definitions,
                            lines,
                            tail,
                            board,
                            new Views(registry, rollouts, clock),
                            deadLetters(parts, kafka, writer, reader, replayed, board),
                            new TokenRoutes(tokens, writer, reader, clock, audit),
                            audit,
                            new AuditRoutes(audit, kafka, trusted, clock),
                            meters));
            ControlFile file = file(api.start(), token, kafka, key);
            file.write(data);
            return new ControlPlane(file, data, api.routes(), parts);
        } catch (RuntimeException e) {
            closeAll(parts);
            throw e;
        }
    }

    /** Where it is and what opens it. */
    public ControlFile address() {
        return file;
    }

    /** What the API serves, each as its method and path. */
    List<String> routes() {
        return routes;
    }

    /** Ends watching, then serving, then reading. Idempotent. */
    @Override
    public void close() {
        file.delete(data);
        closeAll(parts);
    }

    private static ControlFile file(int port, String token, Map<String, Object> kafka, SigningKey key) {
        return new ControlFile(
                "http://127.0.0.1:" + port,
                token,
                String.valueOf(kafka.get("bootstrap.servers")),
                key.publicText(),
                ProcessHandle.current().pid());
    }

    private static DeadLetterDesk deadLetters(
            Deque<AutoCloseable> parts,
            Map<String, Object> kafka,
            Writer writer,
            ControlReader reader,
            ReplayedLetters replayed,
            ExporterBoard board) {
        Replays replays = started(parts, new Replays(kafka, writer, reader));
        return new DeadLetterDesk(new LetterReader(kafka), replayed, replays, board::names);
    }

    private static Map<String, BiConsumer<String, ConsumerRecord<String, String>>> fromBeginning(
            Registry registry, Tokens tokens, ReplayedLetters replayed, ExporterBoard board) {
        Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers = new HashMap<>(registry.handlers());
        handlers.putAll(tokens.handlers());
        handlers.putAll(replayed.handlers());
        handlers.putAll(board.handlers());
        return handlers;
    }

    private static <T extends AutoCloseable> T started(Deque<AutoCloseable> parts, T part) {
        parts.push(part);
        return part;
    }

    private static void closeAll(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the control plane did not close", e);
            }
        }
    }
}
