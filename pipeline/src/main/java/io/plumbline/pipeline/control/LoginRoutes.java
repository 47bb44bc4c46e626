package io.plumbline.pipeline.control;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.NodeReader;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.access.OneTimeToken;
import io.plumbline.pipeline.control.http.Answers;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.plumbline.pipeline.control.oidc.OidcSettings;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * The API's part under {@code /login}, which needs no token: how one signs on here, and a token in exchange for the one that was printed at
 * the start.
 *
 * <p>Threads: requests.
 */
final class LoginRoutes implements RouteGroup {
    /** Who comes with the one-time token, before they have a name. */
    private static final Caller ONCE = new Caller("one-time", AccessRole.ADMIN, Bounds.ALL);

    private final OneTimeToken once;
    private final TokenRoutes tokens;
    /** Null where there is no provider. */
    private final OidcSettings oidc;

    LoginRoutes(OneTimeToken once, TokenRoutes tokens, OidcSettings oidc) {
        this.once = once;
        this.tokens = tokens;
        this.oidc = oidc;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        HttpHandler how = Answers.json(any -> Map.of("oidc", oidc == null ? Map.of() : oidc.map()));
        routes.get(root + "/login", Guard.withoutToken(how))
                .post(root + "/login", Guard.withoutToken(Answers.json(this::redeem)));
    }

    private Map<String, Object> redeem(HttpServerExchange exchange) throws IOException {
        Fields fields = Fields.of(NodeReader.json(Body.text(exchange), "the request"), "a login", Set.of("once"));
        if (!once.use(fields.requiredText("once"))) {
            throw Problem.unauthorized(
                    "this link is used up or over: it opens the console once, within " + OneTimeToken.LIFE.toMinutes()
                            + " minutes of the start; start the control plane anew for another, or make a token: plumb token create NAME --role ROLE");
        }
        ONCE.attach(exchange);
        return tokens.session(exchange);
    }
}
