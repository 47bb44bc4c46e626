package io.plumbline.pipeline.control.source;

import static io.plumbline.pipeline.control.access.AccessRole.PROBER;

import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Whom;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.util.Map;

/**
 * The API's part that shows source texts. They are code, which not everybody who may look at signals may read: it wants the role prober.
 *
 * <p>Threads: requests.
 */
public final class SourceRoutes implements RouteGroup {
    private final SourceDesk desk;
    private final Registry registry;
    private final Whom whom;

    public SourceRoutes(SourceDesk desk, Registry registry) {
        this.desk = desk;
        this.registry = registry;
        this.whom = new Whom(registry);
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/source", Guard.needs(PROBER, this::source));
    }

    private Map<String, Object> source(HttpServerExchange exchange) {
        String type = CodeRoutes.text(exchange, "class");
        if (!SourcePath.isClass(type)) {
            throw Problem.badRequest(
                    "class", "name a class in full: /source?class=shop.OrderService; 'plumb classes TEXT' finds one");
        }
        return desk.source(type, CodeRoutes.meant(exchange, whom), this::labels).map();
    }

    private Map<String, String> labels(String instance) {
        return registry.running().stream()
                .map(Registry.Seen::report)
                .filter(report -> report.id().equals(instance))
                .findFirst()
                .map(report -> report.labels())
                .orElse(Map.of());
    }
}
