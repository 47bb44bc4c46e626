package io.plumbline.pipeline.control;

import io.plumbline.config.signing.TrustedKeys;
import io.plumbline.config.wire.ExporterReport;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.access.OneTimeToken;
import io.plumbline.pipeline.control.access.Token;
import io.plumbline.pipeline.control.access.Tokens;
import io.plumbline.pipeline.control.approval.ApprovalBoard;
import io.plumbline.pipeline.control.approval.ApprovalDesk;
import io.plumbline.pipeline.control.approval.ApprovalGate;
import io.plumbline.pipeline.control.approval.ApprovalRoutes;
import io.plumbline.pipeline.control.assistants.Assistants;
import io.plumbline.pipeline.control.assistants.LeaseKeeper;
import io.plumbline.pipeline.control.assistants.LeaseRoutes;
import io.plumbline.pipeline.control.assistants.Leases;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.audit.AuditRoutes;
import io.plumbline.pipeline.control.audit.AuditTrail;
import io.plumbline.pipeline.control.dryrun.DryRun;
import io.plumbline.pipeline.control.dryrun.Measurement;
import io.plumbline.pipeline.control.dryrun.TrialDesk;
import io.plumbline.pipeline.control.fleet.ExporterBoard;
import io.plumbline.pipeline.control.fleet.LinesDesk;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Rollouts;
import io.plumbline.pipeline.control.fleet.Whom;
import io.plumbline.pipeline.control.history.KeptSignals;
import io.plumbline.pipeline.control.history.SeenSignals;
import io.plumbline.pipeline.control.history.SignalRoutes;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.plumbline.pipeline.control.latency.LatencyRoutes;
import io.plumbline.pipeline.control.letters.DeadLetterDesk;
import io.plumbline.pipeline.control.letters.DeadLetterRoutes;
import io.plumbline.pipeline.control.letters.LetterReader;
import io.plumbline.pipeline.control.letters.ReplayedLetters;
import io.plumbline.pipeline.control.letters.Replays;
import io.plumbline.pipeline.control.meters.FleetMeters;
import io.plumbline.pipeline.control.probes.Definitions;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Definers;
import io.plumbline.pipeline.control.records.Sealer;
import io.plumbline.pipeline.control.records.SigningKey;
import io.plumbline.pipeline.control.records.Writer;
import io.plumbline.pipeline.control.shares.ShareDesk;
import io.plumbline.pipeline.control.shares.ShareLinks;
import io.plumbline.pipeline.control.shares.ShareMaker;
import io.plumbline.pipeline.control.shares.ShareRoutes;
import io.plumbline.pipeline.control.shares.ShareSender;
import io.plumbline.pipeline.control.shares.Shares;
import io.plumbline.pipeline.control.snapshots.SnapshotRoutes;
import io.plumbline.pipeline.control.source.CodeDesk;
import io.plumbline.pipeline.control.source.CodeRoutes;
import io.plumbline.pipeline.control.source.Decompiler;
import io.plumbline.pipeline.control.source.SourceDesk;
import io.plumbline.pipeline.control.source.SourceRoutes;
import io.plumbline.pipeline.control.tail.SignalTail;
import io.plumbline.pipeline.control.tail.TailRoute;
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
 * <p>Threads: {@code control-reader} for what people write, {@code control-reports} for what agents report, {@code control-rollout}, {@code control-leases}, {@code control-tail} while somebody watches, and the HTTP server's.
 */
public final class ControlPlane implements AutoCloseable {
    private final ControlFile file;
    private final Path data;
    private final OneTimeToken once;
    private final List<String> routes;
    private final FleetMeters fleet;
    /** In the order of their start. */
    private final Deque<AutoCloseable> parts;

    private ControlPlane(
            ControlFile file,
            Path data,
            OneTimeToken once,
            List<String> routes,
            FleetMeters fleet,
            Deque<AutoCloseable> parts) {
        this.routes = routes;
        this.fleet = fleet;
        this.file = file;
        this.data = data;
        this.once = once;
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
            Definers approvers = new Definers(Topics.APPROVALS, trusted, sealer, audit, false);
            ApprovalBoard approvals = new ApprovalBoard(approvers, clock);
            Definers lessors = new Definers(Topics.LEASES, trusted, sealer, audit, false);
            Leases leases = new Leases(lessors);
            Definers sharers = new Definers(Topics.SHARES, trusted, sealer, audit, false);
            Shares shares = new Shares(sharers);
            Registry registry = new Registry(clock, definers);
            String token = Token.secret();
            Tokens tokens = new Tokens(makers, clock, token);
            LinesDesk lines = new LinesDesk(writer);
            TrialDesk trials = new TrialDesk(writer);
            CodeDesk code = new CodeDesk(writer);
            ReplayedLetters replayed = new ReplayedLetters();
            ExporterBoard board = new ExporterBoard(exporters, clock);
            ControlReader reader = started(
                    parts,
                    ControlReader.start(
                            "reader",
                            kafka,
                            fromBeginning(registry, tokens, approvals, leases, shares, replayed, board),
                            Map.of(Topics.REPLIES, replies(lines, trials, code))));
            started(parts, ControlReader.start("reports", kafka, registry.reports(), Map.of()));
            audit.begin();
            for (Definers each : List.of(definers, makers, approvers, lessors, sharers)) {
                each.begin();
                reader.afterwards(each::settle);
            }
            SignalTail tail = started(parts, new SignalTail(kafka, registry, clock));
            ApprovalGate gate = new ApprovalGate(settings.approval(), approvals, registry, writer, reader, clock);
            AuditTrail trail = new AuditTrail(kafka, trusted);
            Definitions definitions = new Definitions(registry, writer, reader, trail, clock, gate);
            Rollouts rollouts = started(parts, new Rollouts(registry, writer, reader, clock))
                    .start();
            TokenRoutes tokenRoutes = new TokenRoutes(tokens, writer, reader, clock, audit);
            OneTimeToken once = new OneTimeToken(clock);
            Assistants assistants = new Assistants(settings.assistants(), leases, registry, writer, reader, clock);
            LeaseKeeper keeper = started(parts, new LeaseKeeper(assistants, definitions, audit, clock))
                    .start();
            Decompiler decompiler = started(parts, new Decompiler());
            Views views = new Views(registry, rollouts, approvals, clock);
            DryRun trial = new DryRun(registry, trials, new Measurement(registry, definitions, tail));
            SeenSignals seen = new SeenSignals(
                    new KeptSignals(kafka, registry, clock), new ReadSignals(definitions, assistants, audit));
            List<RouteGroup> groups = List.of(
                    new ProbeRoutes(definitions, views, trial, assistants, board, audit),
                    new SignalRoutes(seen),
                    new LatencyRoutes(seen, registry),
                    new SnapshotRoutes(seen),
                    new SettingsRoutes(settings.console(), settings.shares(), board),
                    new ShareRoutes(
                            new ShareMaker(seen, registry, clock),
                            new ShareDesk(shares, writer, reader),
                            new ShareSender(settings.shares(), assistants.strangersView()),
                            new ShareLinks(settings.console().url()),
                            audit),
                    new SwitchRoutes(registry, definitions.switches(), audit),
                    new FleetRoutes(registry, lines, board, views, definitions.finder(), new TailRoute(tail)),
                    new CodeRoutes(code, new Whom(registry)),
                    new SourceRoutes(new SourceDesk(settings.sources(), code, lines, decompiler), registry),
                    new DeadLetterRoutes(deadLetters(parts, kafka, writer, reader, replayed, board), audit),
                    new ApprovalRoutes(new ApprovalDesk(approvals, definitions, writer, reader, clock), audit),
                    new LeaseRoutes(assistants, keeper, audit),
                    tokenRoutes,
                    new AuditRoutes(audit, kafka, trusted, clock));
            LoginRoutes login = new LoginRoutes(once, tokenRoutes, settings.oidc());
            Api api = started(
                    parts, new Api(settings.listening(), port, settings.bearers(tokens), groups, login, audit, meters));
            ControlFile file = file(settings.listening().url(api.start()), token, kafka, key);
            file.write(data);
            FleetMeters fleet = new FleetMeters(registry, clock).begin();
            return new ControlPlane(file, data, once, api.routes(), fleet, parts);
        } catch (RuntimeException e) {
            closeAll(parts);
            throw e;
        }
    }

    /** Where it is and what opens it. */
    public ControlFile address() {
        return file;
    }

    /** The link that opens the console once, shortly after the start; a secret until then. */
    public String loginLink() {
        return file.url() + "/console#login=" + once.secret();
    }

    /** What probes and agents report, for Prometheus. */
    public FleetMeters fleet() {
        return fleet;
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

    private static ControlFile file(String url, String token, Map<String, Object> kafka, SigningKey key) {
        return new ControlFile(
                url,
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
            Registry registry,
            Tokens tokens,
            ApprovalBoard approvals,
            Leases leases,
            Shares shares,
            ReplayedLetters replayed,
            ExporterBoard board) {
        Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers =
                new HashMap<>(registry.definitions());
        handlers.putAll(tokens.handlers());
        handlers.putAll(approvals.handlers());
        handlers.putAll(leases.handlers());
        handlers.putAll(shares.handlers());
        handlers.putAll(replayed.handlers());
        handlers.putAll(board.handlers());
        return handlers;
    }

    private static BiConsumer<String, ConsumerRecord<String, String>> replies(
            LinesDesk lines, TrialDesk trials, CodeDesk code) {
        BiConsumer<String, ConsumerRecord<String, String>> toLines = lines::reply;
        return toLines.andThen(trials::reply).andThen(code::reply);
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
