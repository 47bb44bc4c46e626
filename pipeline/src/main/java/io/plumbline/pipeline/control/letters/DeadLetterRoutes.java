package io.plumbline.pipeline.control.letters;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.NodeReader;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.Requests;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.io.IOException;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The API's part under {@code /deadletters}. */
public final class DeadLetterRoutes implements RouteGroup {
    private static final Set<String> FILTERS = Set.of("exporter", "probe", "cause", "since", "replayed", "before");
    private static final int DEFAULT_LIMIT = 20;

    private final DeadLetterDesk desk;
    private final Audit audit;

    public DeadLetterRoutes(DeadLetterDesk desk, Audit audit) {
        this.desk = desk;
        this.audit = audit;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/deadletters", Guard.needs(AccessRole.VIEWER, this::list));
        routes.get(root + "/deadletters/{id}", Guard.needs(AccessRole.VIEWER, this::show));
        routes.post(root + "/deadletters/replay", Guard.needs(AccessRole.ADMIN, this::replay));
    }

    private Map<String, Object> list(HttpServerExchange exchange) {
        Caller.of(exchange).requireAll("reading dead letters");
        Map<String, String> texts = new HashMap<>();
        exchange.getQueryParameters().forEach((name, values) -> texts.put(name, first(values)));
        String limit = texts.getOrDefault("limit", Integer.toString(DEFAULT_LIMIT));
        if (!limit.matches("\\d{1,9}")
                || Integer.parseInt(limit) < 1
                || Integer.parseInt(limit) > DeadLetterDesk.MAX_LIMIT) {
            throw Problem.badRequest(
                    "limit", "limit must be a whole number from 1 to " + DeadLetterDesk.MAX_LIMIT + ": " + limit);
        }
        return desk.list(LetterQuery.of(texts), Integer.parseInt(limit));
    }

    private Map<String, Object> show(HttpServerExchange exchange) {
        Caller.of(exchange).requireAll("reading dead letters");
        String id = Requests.path(exchange, "id");
        return desk.show(LetterId.parse(id));
    }

    private Map<String, Object> replay(HttpServerExchange exchange) throws IOException {
        String body = Body.text(exchange);
        Fields fields = Fields.of(
                NodeReader.json(body, "the request"),
                "a replay",
                Set.of("ids", "exporter", "probe", "cause", "since", "before"));
        List<String> ids = fields.textList("ids");
        if (!ids.isEmpty()) {
            if (FILTERS.stream().anyMatch(fields::has)) {
                throw Problem.badRequest("ids", "name ids or what they have in common, not both");
            }
            Map<String, Object> answer =
                    desk.replay(ids.stream().map(LetterId::parse).toList());
            audit.changed(exchange, "deadletters.replay", Map.of("ids", String.join(" ", ids)));
            return answer;
        }
        Map<String, String> texts = new HashMap<>();
        FILTERS.forEach(name -> fields.text(name).ifPresent(text -> texts.put(name, text)));
        Map<String, Object> answer = desk.replay(LetterQuery.of(texts));
        audit.changed(exchange, "deadletters.replay", texts);
        return answer;
    }

    private static String first(Deque<String> values) {
        return values.isEmpty() ? "" : values.peek();
    }
}
