package io.plumbline.pipeline.control.shares;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.history.KeptSignals.Kept;
import io.plumbline.pipeline.control.history.SeenSignals;
import io.plumbline.pipeline.control.history.Wanted;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.shares.Share.Reach;
import io.undertow.server.HttpServerExchange;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Makes a share of what its maker can see now: signals read back from Kafka in the maker's sight, and the probe's definition.
 *
 * <p>Threads: requests.
 */
public final class ShareMaker {
    private static final int ID_BYTES = 16;

    /** From whatever version of the probe. */
    private static final String EVER = "1970-01-01T00:00:00Z";

    private static final Set<SignalKind> KINDS = Set.of(SignalKind.LOG, SignalKind.SPAN);

    /** A record may be there twice, and a trace has a span for each pair. */
    private static final int MAX_EACH = 16;

    private final SeenSignals signals;
    private final Registry registry;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public ShareMaker(SeenSignals signals, Registry registry, Clock clock) {
        this.signals = signals;
        this.registry = registry;
        this.clock = clock;
    }

    /** @throws Problem when the caller may not see them, or they are not there any more */
    Share make(HttpServerExchange exchange, ShareRequest request) {
        Set<Reach> reach = ConcurrentHashMap.newKeySet();
        Wanted wanted = new Wanted(
                request.probe(),
                KINDS,
                ShareRequest.MAX_ITEMS * MAX_EACH,
                EVER,
                signal -> note(signal, request, reach));
        Kept kept = signals.find(exchange, wanted);
        List<Map<String, Object>> found = once(kept.signals());
        requireAll(request, found, kept);
        Map<String, Object> content = new LinkedHashMap<>();
        Optional<Probe> probe = registry.probe(request.probe());
        probe.ifPresent(each -> content.put("definition", ProbeWriter.map(each)));
        if (!request.source().isEmpty()) {
            content.put("source", request.source());
        }
        content.put("signals", found.stream().map(Plain::bounded).toList());
        return Share.of(
                id(),
                Caller.of(exchange).name(),
                clock.instant(),
                request.probe(),
                request.note(),
                reach.stream()
                        .sorted(Comparator.comparing(Reach::service).thenComparing(Reach::environment))
                        .toList(),
                content);
    }

    private static boolean note(Signal signal, ShareRequest request, Set<Reach> reach) {
        boolean isWanted = request.wants(signal);
        if (isWanted) {
            reach.add(new Reach(signal.resource().service(), signal.resource().environment()));
        }
        return isWanted;
    }

    /** A repeated delivery has the same id. */
    private static List<Map<String, Object>> once(List<Map<String, Object>> signals) {
        Set<Object> seen = new HashSet<>();
        List<Map<String, Object>> once = new ArrayList<>();
        for (Map<String, Object> each : signals) {
            if (seen.add(each.containsKey("uid") ? each.get("uid") : each.get("spanId"))) {
                once.add(each);
            }
        }
        return once;
    }

    private static void requireAll(ShareRequest request, List<Map<String, Object>> found, Kept kept) {
        List<String> missing = request.missing(texts(found, "uid"), texts(found, "traceId"));
        if (!missing.isEmpty()) {
            String where = kept.complete()
                    ? "in the topics, as far as the token may see them"
                    : "since " + kept.searchedBack() + ", and further back a request does not search";
            throw Problem.notFound("of '" + request.probe() + "' there is no signal " + String.join(", ", missing) + " "
                    + where + "; GET /api/v1/probes/" + request.probe() + "/signals lists those that can be shared");
        }
    }

    private static Set<String> texts(List<Map<String, Object>> signals, String key) {
        return signals.stream()
                .map(each -> each.get(key))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
