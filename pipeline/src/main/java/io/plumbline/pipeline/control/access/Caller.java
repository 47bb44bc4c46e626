package io.plumbline.pipeline.control.access;

import io.plumbline.config.probe.Probe;
import io.plumbline.pipeline.control.http.Problem;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.util.Map;

/**
 * Who a request comes from, by its token.
 *
 * @param name the token's
 */
public record Caller(String name, AccessRole role, Bounds bounds) {
    /** Who holds the token of {@code control.json}. */
    public static final Caller START = new Caller("start", AccessRole.ADMIN, Bounds.ALL);

    private static final AttachmentKey<Caller> KEY = AttachmentKey.create(Caller.class);

    /** Whom the guard has let in; null before that. */
    public static Caller of(HttpServerExchange exchange) {
        return exchange.getAttachment(KEY);
    }

    public void attach(HttpServerExchange exchange) {
        exchange.putAttachment(KEY, this);
    }

    public Map<String, Object> map() {
        return Map.of(
                "name", name,
                "role", role.word(),
                "services", bounds.services(),
                "environments", bounds.environments());
    }

    /** @throws Problem when it is another role's */
    public void require(AccessRole needed) {
        if (!role.includes(needed)) {
            throw Problem.forbidden("this needs the role " + needed.word() + ", and the token '" + name + "' has "
                    + role.word() + "; an admin makes one with: plumb token create NAME --role " + needed.word());
        }
    }

    /** @throws Problem when the probe is meant for instances outside the bounds, or could be */
    public void requireReach(Probe probe) {
        if (!bounds.hold(probe.targets())) {
            throw Problem.forbidden(
                    "the probe '" + probe.id() + "' could reach instances outside the bounds of the token '" + name
                            + "' (" + bounds + "): its targets are " + probe.targets() + "; add " + bounds.asTargets());
        }
    }

    /** @throws Problem when the token is bounded */
    public void requireAll(String what) {
        if (!bounds.isAll()) {
            throw Problem.forbidden(what + " needs a token without bounds, and '" + name + "' is for " + bounds
                    + "; ask somebody who has one");
        }
    }
}
