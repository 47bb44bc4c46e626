package io.plumbline.pipeline.control;

import static io.plumbline.pipeline.control.access.AccessRole.VIEWER;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.TargetsForm;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.fleet.ExporterBoard;
import io.plumbline.pipeline.control.fleet.LineCheck;
import io.plumbline.pipeline.control.fleet.LinesDesk;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Whom;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.Requests;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.plumbline.pipeline.control.probes.ProbeFinder;
import io.plumbline.pipeline.control.tail.TailRoute;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The API's parts that show what is there: who asks, instances, lines of running classes, exporters, and signals as they come.
 *
 * <p>Threads: requests; who watches signals holds one.
 */
final class FleetRoutes implements RouteGroup {
    private final Registry registry;
    private final LinesDesk lines;
    private final ExporterBoard exporters;
    private final Views views;
    private final ProbeFinder finder;
    private final TailRoute tail;
    private final Whom whom;

    FleetRoutes(
            Registry registry,
            LinesDesk lines,
            ExporterBoard exporters,
            Views views,
            ProbeFinder finder,
            TailRoute tail) {
        this.registry = registry;
        this.lines = lines;
        this.exporters = exporters;
        this.views = views;
        this.finder = finder;
        this.tail = tail;
        this.whom = new Whom(registry);
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(
                        root + "/whoami",
                        Guard.needsOrAssists(
                                VIEWER, exchange -> Caller.of(exchange).map()))
                .get(root + "/instances", Guard.needsOrAssists(VIEWER, exchange -> views.instances(bounds(exchange))))
                .get(root + "/lines", Guard.needsOrAssists(VIEWER, this::lines))
                .get(root + "/lines/check", Guard.needsOrAssists(VIEWER, this::checkLine))
                .get(root + "/exporters", Guard.needs(VIEWER, exchange -> Map.of("exporters", exporters.maps())))
                .get(root + "/tail", Guard.behind(VIEWER, this::tail));
    }

    private Map<String, Object> lines(HttpServerExchange exchange) {
        String type = Requests.query(exchange, "type")
                .orElseThrow(() ->
                        Problem.badRequest("type", "name the class or source file: /lines?type=shop.OrderService"));
        List<String> asked = Requests.query(exchange, "instance")
                .map(id -> List.of(whom.instance(id, bounds(exchange))))
                .orElseGet(
                        () -> whom.ofService(Requests.query(exchange, "service").orElse(""), bounds(exchange)));
        return Views.lines(lines.ask(type, asked));
    }

    /** Whether a line has code where a probe with these targets would run: {@code at}, and {@code on=key=value} each. */
    private Map<String, Object> checkLine(HttpServerExchange exchange) {
        String at = Requests.query(exchange, "at")
                .orElseThrow(() -> Problem.badRequest("at", "name the line: /lines/check?at=shop.OrderService:42"));
        Map<String, String> targets = new LinkedHashMap<>();
        for (String target : Requests.all(exchange, "on")) {
            int equals = target.indexOf('=');
            if (equals < 1) {
                throw Problem.badRequest("on", "'on' reads key=value, such as on=service=shop: " + target);
            }
            targets.put(target.substring(0, equals), target.substring(equals + 1));
        }
        try {
            return new LineCheck(registry, lines).of(Location.parse(at), TargetsForm.parse(targets), bounds(exchange));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("at", e.getMessage());
        }
    }

    /** Of named probes they have to be there, for names are mistyped; with {@code early=true} one may yet come. */
    private void tail(HttpServerExchange exchange) {
        Set<String> probes = new TreeSet<>(Requests.all(exchange, "probe"));
        if (!Requests.flag(exchange, "early")) {
            probes.forEach(finder::require);
        }
        tail.send(exchange, probes);
    }

    private static Bounds bounds(HttpServerExchange exchange) {
        return Caller.of(exchange).bounds();
    }
}
