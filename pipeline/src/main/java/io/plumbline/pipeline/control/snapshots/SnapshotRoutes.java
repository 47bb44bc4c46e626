package io.plumbline.pipeline.control.snapshots;

import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.history.KeptSignals.Kept;
import io.plumbline.pipeline.control.history.SeenSignals;
import io.plumbline.pipeline.control.history.Wanted;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.Requests;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The API's part under {@code /probes/{id}/groups} and {@code /compare}.
 *
 * <p>The bargain: groups are made of the last {@link #MAX_SNAPSHOTS}, as far back as a bounded search comes.
 *
 * <p>Threads: requests.
 */
public final class SnapshotRoutes implements RouteGroup {
    private static final int MAX_SNAPSHOTS = 1_000;
    private static final int MAX_IN_SET = 50;
    private static final String EVER = "1970-01-01T00:00:00Z";
    private static final Set<SignalKind> LOGS = Set.of(SignalKind.LOG);

    private final SeenSignals signals;

    public SnapshotRoutes(SeenSignals signals) {
        this.signals = signals;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/probes/{id}/groups", Guard.needsOrAssists(AccessRole.VIEWER, this::groups))
                .get(root + "/probes/{id}/compare", Guard.needsOrAssists(AccessRole.VIEWER, this::compare));
    }

    private Map<String, Object> groups(HttpServerExchange exchange) {
        String id = Requests.path(exchange, "id");
        String since = Requests.query(exchange, "since").orElse("");
        Kept kept = signals.find(exchange, new Wanted(id, LOGS, MAX_SNAPSHOTS, since, Snapshot::isOne));
        Collection<Snapshot> snapshots = byUid(kept).values();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("probe", id);
        answer.put("snapshots", snapshots.size());
        answer.put("matching", kept.matching());
        answer.put("complete", kept.complete());
        answer.put("searchedBack", kept.searchedBack().toEpochMilli());
        answer.put("groups", Groups.of(snapshots));
        return answer;
    }

    private Map<String, Object> compare(HttpServerExchange exchange) {
        boolean isPair = !uids(exchange, "a").isEmpty() || !uids(exchange, "b").isEmpty();
        Set<String> left = set(exchange, isPair ? "a" : "left", isPair ? 1 : MAX_IN_SET);
        Set<String> right = set(exchange, isPair ? "b" : "right", isPair ? 1 : MAX_IN_SET);
        String id = Requests.path(exchange, "id");
        Map<String, Snapshot> found = find(exchange, id, left, right);
        List<Snapshot> ones = left.stream().map(found::get).toList();
        List<Snapshot> others = right.stream().map(found::get).toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("probe", id);
        answer.put("left", List.copyOf(left));
        answer.put("right", List.copyOf(right));
        answer.put("sameStack", isOneStack(ones, others));
        if (isPair) {
            answer.put(
                    "differences",
                    Differences.between(ones.get(0).values(), others.get(0).values()).stream()
                            .map(Differences.Difference::map)
                            .toList());
        } else {
            answer.put("paths", new Separation(leaves(ones), leaves(others)).best());
        }
        return answer;
    }

    private Map<String, Snapshot> find(HttpServerExchange exchange, String id, Set<String> left, Set<String> right) {
        Set<String> all = new LinkedHashSet<>(left);
        all.addAll(right);
        Kept kept = signals.find(
                exchange,
                new Wanted(
                        id,
                        LOGS,
                        2 * all.size(),
                        EVER,
                        signal -> Snapshot.isOne(signal) && all.contains(((LogSignal) signal).uid())));
        Map<String, Snapshot> found = byUid(kept);
        Set<String> missing = new LinkedHashSet<>(all);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            throw Problem.notFound("of '" + id + "' there is no snapshot " + String.join(", ", missing) + " "
                    + (kept.complete() ? "in the topics" : "since " + kept.searchedBack())
                    + "; GET /api/v1/probes/" + id + "/groups lists those there are");
        }
        return found;
    }

    private static Set<String> set(HttpServerExchange exchange, String name, int max) {
        Set<String> uids = uids(exchange, name);
        if (uids.isEmpty() || uids.size() > max) {
            throw Problem.badRequest(
                    name,
                    "compare two snapshots, a=UID and b=UID, or two sets of 1 to " + MAX_IN_SET
                            + ", left=UID,UID and right=UID,UID; '" + name + "' has " + uids.size());
        }
        return uids;
    }

    private static Set<String> uids(HttpServerExchange exchange, String name) {
        Set<String> uids = new LinkedHashSet<>();
        Requests.all(exchange, name).forEach(value -> uids.addAll(List.of(value.split(","))));
        uids.remove("");
        return uids;
    }

    /** A repeated delivery has the same id. */
    private static Map<String, Snapshot> byUid(Kept kept) {
        Map<String, Snapshot> byUid = new LinkedHashMap<>();
        kept.signals().stream().map(Snapshot::of).forEach(each -> byUid.put(each.uid(), each));
        return byUid;
    }

    private static boolean isOneStack(List<Snapshot> left, List<Snapshot> right) {
        Set<String> stacks = new LinkedHashSet<>();
        left.forEach(each -> stacks.add(each.stack()));
        right.forEach(each -> stacks.add(each.stack()));
        return stacks.size() == 1;
    }

    private static List<Map<String, Object>> leaves(List<Snapshot> snapshots) {
        return snapshots.stream().map(each -> Leaves.of(each.values())).toList();
    }
}
