package io.plumbline.pipeline.control.source;

import static io.plumbline.pipeline.control.access.AccessRole.VIEWER;

import io.plumbline.config.probe.Location;
import io.plumbline.config.wire.ClassesReply;
import io.plumbline.config.wire.ScopeReply;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.fleet.Whom;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.Requests;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The API's parts that show what of code runs: classes by name, and what an expression may name.
 *
 * <p>Threads: requests.
 */
public final class CodeRoutes implements RouteGroup {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final int MAX_TEXT = 500;
    private static final int MAX_ASKED = 5;

    private final CodeDesk desk;
    private final Whom whom;

    public CodeRoutes(CodeDesk desk, Whom whom) {
        this.desk = desk;
        this.whom = whom;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/classes", Guard.needsOrAssists(VIEWER, this::classes))
                .get(root + "/scope", Guard.needsOrAssists(VIEWER, this::scope));
    }

    private Map<String, Object> classes(HttpServerExchange exchange) {
        ClassesReply reply = classes(asked(exchange), text(exchange, "q"), limit(exchange));
        if (!reply.problem().isEmpty()) {
            throw Problem.notFound(reply.problem());
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instance", reply.instance());
        map.put("count", reply.count());
        map.put("classes", reply.classes().stream().map(ClassesReply.Found::map).toList());
        return map;
    }

    /** Who is meant; where a request names nobody, one of each service. */
    private List<String> asked(HttpServerExchange exchange) {
        boolean isNamed = Requests.query(exchange, "instance").isPresent()
                || Requests.query(exchange, "service").isPresent();
        List<String> all = isNamed
                ? meant(exchange, whom).subList(0, 1)
                : whom.oneOfEach(Caller.of(exchange).bounds());
        return all.subList(0, Math.min(all.size(), MAX_ASKED));
    }

    /** What the first says that knows a class of the program's own; else what the first says that knows any. */
    private ClassesReply classes(List<String> instances, String text, int limit) {
        ClassesReply best = null;
        for (String instance : instances) {
            ClassesReply reply = desk.classes(instance, text, limit);
            if (reply.classes().stream().anyMatch(found -> found.origin().equals("own"))) {
                return reply;
            }
            if (best == null || best.classes().isEmpty()) {
                best = reply;
            }
        }
        return best;
    }

    private static int limit(HttpServerExchange exchange) {
        String given = Requests.query(exchange, "limit").orElse(String.valueOf(DEFAULT_LIMIT));
        if (given.matches("[0-9]{1,4}") && Integer.parseInt(given) >= 1 && Integer.parseInt(given) <= MAX_LIMIT) {
            return Integer.parseInt(given);
        }
        throw Problem.badRequest("limit", "limit is a number from 1 to " + MAX_LIMIT + ": " + given);
    }

    /** Of several instances the first that has the class, for not all have loaded the same. */
    private Map<String, Object> scope(HttpServerExchange exchange) {
        String at = text(exchange, "at");
        if (at.isEmpty()) {
            throw Problem.badRequest("at", "name the location: /scope?at=shop.OrderService:118");
        }
        try {
            Location.parse(at);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("at", e.getMessage());
        }
        String path = text(exchange, "path");
        ScopeReply reply = null;
        for (String instance : meant(exchange, whom).stream().limit(MAX_ASKED).toList()) {
            reply = desk.scope(instance, at, path);
            if (reply.problem().isEmpty()) {
                return map(reply, at, path);
            }
            if (reply.column() > 0) {
                throw Problem.badRequest("path", reply.problem()).with("column", reply.column());
            }
        }
        throw Problem.notFound(reply.problem());
    }

    private static Map<String, Object> map(ScopeReply reply, String at, String path) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instance", reply.instance());
        map.put("at", at);
        map.put("path", path);
        map.put("type", reply.type());
        map.put("sites", reply.sites());
        map.put("names", maps(reply.names()));
        Map<String, Object> members = new LinkedHashMap<>();
        reply.members().forEach((type, inside) -> members.put(type, maps(inside)));
        map.put("members", members);
        return map;
    }

    private static List<Map<String, Object>> maps(List<ScopeReply.Name> names) {
        return names.stream().map(ScopeReply.Name::map).toList();
    }

    /** A short text; empty where there is none. */
    static String text(HttpServerExchange exchange, String name) {
        String text = Requests.query(exchange, name).orElse("");
        if (text.length() > MAX_TEXT) {
            throw Problem.badRequest(name, name + " has " + MAX_TEXT + " characters at most: " + text.length());
        }
        return text;
    }

    /** The running instances that a request means, within the caller's bounds: one by its id, or those of a service; at least one. */
    static List<String> meant(HttpServerExchange exchange, Whom whom) {
        var bounds = Caller.of(exchange).bounds();
        return Requests.query(exchange, "instance")
                .map(id -> List.of(whom.instance(id, bounds)))
                .orElseGet(
                        () -> whom.ofService(Requests.query(exchange, "service").orElse(""), bounds));
    }
}
