package io.plumbline.pipeline.control;

import static io.plumbline.pipeline.control.access.AccessRole.PROBER;
import static io.plumbline.pipeline.control.access.AccessRole.VIEWER;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.NodeReader;
import io.plumbline.config.wire.Switch;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Whom;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.plumbline.pipeline.control.probes.Switches;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The API's part under {@code /switch}: off and on, for all, an instance, a probe or those with a tag.
 *
 * <p>Threads: requests.
 */
final class SwitchRoutes implements RouteGroup {
    private static final String INSTANCE = "instance";
    private static final String PROBE = "probe";
    private static final String TAG = "tag";

    private final Registry registry;
    private final Switches switches;
    private final Whom whom;
    private final Audit audit;

    SwitchRoutes(Registry registry, Switches switches, Audit audit) {
        this.registry = registry;
        this.switches = switches;
        this.whom = new Whom(registry);
        this.audit = audit;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/switch", Guard.needs(VIEWER, exchange -> Views.off(registry.off())))
                .post(root + "/switch", Guard.needs(PROBER, this::turn));
    }

    private Map<String, Object> turn(HttpServerExchange exchange) throws IOException {
        Fields fields = Fields.of(
                NodeReader.json(Body.text(exchange), "the request"), "a switch", Set.of("off", INSTANCE, PROBE, TAG));
        boolean off = fields.bool("off")
                .orElseThrow(() -> Problem.badRequest("off", "a switch needs 'off', true or false: {\"off\": true}"));
        if (Stream.of(INSTANCE, PROBE, TAG).filter(fields::has).count() > 1) {
            throw Problem.badRequest(INSTANCE, "name an instance, a probe or a tag, not two of them");
        }
        Caller caller = Caller.of(exchange);
        Switch now;
        String what;
        if (fields.has(INSTANCE)) {
            what = instance(fields.requiredText(INSTANCE), off, caller.bounds());
            now = switches.instance(what, off);
        } else if (fields.has(PROBE)) {
            what = fields.requiredText(PROBE);
            now = switches.probe(what, off, caller);
        } else if (fields.has(TAG)) {
            what = "tag " + fields.requiredText(TAG);
            now = switches.tagged(fields.requiredText(TAG), off, caller);
        } else {
            caller.requireAll("switching everything");
            what = "everything";
            now = switches.fleet(off);
        }
        audit.changed(exchange, off ? "switch.off" : "switch.on", Map.of("what", what));
        return Views.off(now);
    }

    /** An instance that has gone meanwhile can still be switched on. */
    private String instance(String id, boolean off, Bounds bounds) {
        boolean isGone = !off && bounds.isAll() && registry.off().instances().contains(id);
        return isGone ? id : whom.instance(id, bounds);
    }
}
