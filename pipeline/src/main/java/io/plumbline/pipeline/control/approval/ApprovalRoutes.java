package io.plumbline.pipeline.control.approval;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.NodeReader;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.audit.AuditEntry;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.Requests;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The API's part under {@code /approvals}.
 *
 * <p>Threads: requests.
 */
public final class ApprovalRoutes implements RouteGroup {
    private static final int MAX_WHY = 300;

    private final ApprovalDesk desk;
    private final Audit audit;

    public ApprovalRoutes(ApprovalDesk desk, Audit audit) {
        this.desk = desk;
        this.audit = audit;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/approvals", Guard.needs(AccessRole.VIEWER, this::list));
        routes.get(
                root + "/approvals/{id}",
                Guard.needs(
                        AccessRole.VIEWER,
                        exchange -> desk.shown(id(exchange), Caller.of(exchange).bounds())));
        routes.post(root + "/approvals/{id}/approve", Guard.needs(AccessRole.VIEWER, this::approve));
        routes.post(root + "/approvals/{id}/refuse", Guard.needs(AccessRole.VIEWER, this::refuse));
    }

    private Map<String, Object> list(HttpServerExchange exchange) {
        String all = exchange.getQueryParameters()
                .getOrDefault("all", new ArrayDeque<>(List.of("false")))
                .peek();
        if (!all.equals("true") && !all.equals("false")) {
            throw Problem.badRequest("all must be true or false: " + all);
        }
        return Map.of("approvals", desk.shown(Caller.of(exchange).bounds(), all.equals("true")));
    }

    private Map<String, Object> approve(HttpServerExchange exchange) {
        ApprovalRequest decision = desk.approve(id(exchange), Caller.of(exchange));
        return told(exchange, "approval.approve", decision);
    }

    private Map<String, Object> refuse(HttpServerExchange exchange) throws IOException {
        Fields fields = Fields.of(NodeReader.json(Body.text(exchange), "the request"), "a refusal", Set.of("why"));
        String why = AuditEntry.clean(fields.text("why").orElse("").strip());
        if (why.isEmpty() || why.length() > MAX_WHY) {
            throw Problem.badRequest("say why, in up to " + MAX_WHY
                    + " characters, for who asked: {\"why\": \"...\"}, or --why with plumb refuse");
        }
        ApprovalRequest decision = desk.refuse(id(exchange), why, Caller.of(exchange));
        boolean isOwn = decision.state() == ApprovalRequest.State.WITHDRAWN;
        return told(exchange, isOwn ? "approval.withdraw" : "approval.refuse", decision);
    }

    private Map<String, Object> told(HttpServerExchange exchange, String action, ApprovalRequest decision) {
        Map<String, String> what = new LinkedHashMap<>(AuditEntry.of(decision.agreed()));
        what.put("request", decision.id());
        what.put("author", decision.author());
        if (!decision.why().isEmpty()) {
            what.put("why", decision.why());
        }
        audit.changed(exchange, action, what);
        return decision.map(Instant.now());
    }

    private static String id(HttpServerExchange exchange) {
        return Requests.path(exchange, "id");
    }
}
