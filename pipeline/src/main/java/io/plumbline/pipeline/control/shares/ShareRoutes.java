package io.plumbline.pipeline.control.shares;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.NodeReader;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.control.http.Requests;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The API's part under {@code /shares}. Threads: requests. */
public final class ShareRoutes implements RouteGroup {
    private final ShareMaker maker;
    private final ShareDesk desk;
    private final ShareSender sender;
    private final ShareLinks links;
    private final Audit audit;

    public ShareRoutes(ShareMaker maker, ShareDesk desk, ShareSender sender, ShareLinks links, Audit audit) {
        this.maker = maker;
        this.desk = desk;
        this.sender = sender;
        this.links = links;
        this.audit = audit;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.post(root + "/shares", Guard.needs(AccessRole.VIEWER, this::make))
                .get(root + "/shares", Guard.needs(AccessRole.VIEWER, this::list))
                .get(root + "/shares/targets", Guard.needs(AccessRole.VIEWER, this::targets))
                .post(root + "/shares/{id}/send", Guard.needs(AccessRole.VIEWER, this::send))
                .get(root + "/shares/{id}", Guard.needs(AccessRole.VIEWER, this::show))
                .delete(root + "/shares/{id}", Guard.needs(AccessRole.VIEWER, this::remove));
    }

    private Map<String, Object> make(HttpServerExchange exchange) throws IOException {
        Share share = maker.make(exchange, ShareRequest.parse(Body.text(exchange)));
        desk.keep(share);
        audit.changed(exchange, "share.create", told(share));
        return Map.of("id", share.id(), "url", links.of(exchange, share));
    }

    private Map<String, Object> list(HttpServerExchange exchange) {
        return Map.of(
                "shares",
                desk.visible(Caller.of(exchange)).stream()
                        .map(share -> linked(exchange, share, share.head()))
                        .toList());
    }

    private Map<String, Object> show(HttpServerExchange exchange) {
        Share share = desk.require(Caller.of(exchange), Requests.path(exchange, "id"));
        return linked(exchange, share, share.whole());
    }

    private Map<String, Object> targets(HttpServerExchange exchange) {
        return Map.of("targets", sender.targets().names());
    }

    private Map<String, Object> send(HttpServerExchange exchange) throws IOException {
        Share share = desk.require(Caller.of(exchange), Requests.path(exchange, "id"));
        Fields fields = Fields.of(NodeReader.json(Body.text(exchange), "the request"), "a message", Set.of("to"));
        String to = fields.requiredText("to");
        Map<String, Object> answer = sender.send(share, to, links.of(exchange, share));
        Map<String, String> what = told(share);
        what.put("to", to);
        audit.changed(exchange, "share.send", what);
        return answer;
    }

    private Map<String, Object> remove(HttpServerExchange exchange) {
        Share removed = desk.remove(Caller.of(exchange), Requests.path(exchange, "id"));
        audit.changed(exchange, "share.remove", told(removed));
        return Map.of("id", removed.id(), "removed", true);
    }

    private Map<String, Object> linked(HttpServerExchange exchange, Share share, Map<String, Object> form) {
        form.put("url", links.of(exchange, share));
        return form;
    }

    private static Map<String, String> told(Share share) {
        Map<String, String> what = new LinkedHashMap<>();
        what.put("share", share.id());
        what.put("probe", share.probe());
        what.put("by", share.by());
        return what;
    }
}
