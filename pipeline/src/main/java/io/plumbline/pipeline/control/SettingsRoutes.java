package io.plumbline.pipeline.control;

import static io.plumbline.pipeline.control.access.AccessRole.VIEWER;

import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.fleet.ExporterBoard;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.plumbline.pipeline.control.shares.ShareTargets;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.util.LinkedHashMap;
import java.util.Map;

/** The API's part under {@code /settings}: what the console has to know of the installation. Threads: requests. */
final class SettingsRoutes implements RouteGroup {
    private final ConsoleSettings settings;
    private final ShareTargets shares;
    private final ExporterBoard exporters;

    SettingsRoutes(ConsoleSettings settings, ShareTargets shares, ExporterBoard exporters) {
        this.settings = settings;
        this.shares = shares;
        this.exporters = exporters;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/settings/console", Guard.needs(VIEWER, this::console));
    }

    private Map<String, Object> console(HttpServerExchange exchange) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("jaeger", settings.jaeger().isEmpty() ? exporters.traceTemplate() : settings.jaeger());
        answer.put("shareTargets", shares.names());
        return answer;
    }
}
