package io.plumbline.pipeline.control;

import io.plumbline.pipeline.control.access.Bearers;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.http.Answers;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.control.http.ConsolePages;
import io.plumbline.pipeline.control.http.Description;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.plumbline.pipeline.control.http.Routes;
import io.plumbline.pipeline.control.http.SchemaFile;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The HTTP server with the API under {@code /api/v1}, on the loopback interface unless told otherwise; and the console's pages, which stand on it.
 *
 * <p>Threads: Undertow's workers, one a request; a person who watches holds one while watching.
 */
final class Api implements AutoCloseable {
    /** More than may watch at once, so that other requests always find one. */
    static final int WORKERS = 24;

    private static final String ROOT = "/api/v1";

    private final Routes open;
    private final Routes guarded = new Routes(Api::unknown);
    private final Undertow server;

    /**
     * @param listening where, and under which names
     * @param port 0 takes any free one
     * @param groups what wants a token
     * @param login what gives one
     * @param meters the process's own, as Prometheus reads them
     */
    Api(
            Listening listening,
            int port,
            Bearers bearers,
            List<RouteGroup> groups,
            LoginRoutes login,
            Audit audit,
            Supplier<String> meters) {
        groups.forEach(group -> group.add(guarded, ROOT));
        this.open = open(new Guard(bearers, guarded), login, meters);
        this.server = Undertow.builder()
                .addHttpListener(port, listening.host())
                .setIoThreads(1)
                .setWorkerThreads(WORKERS)
                // Body counts, and answers before; Undertow cuts the connection here, without a word
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, Body.MAX_READ_BYTES)
                .setHandler(new BlockingHandler(listening
                        .names()
                        .before(new Answers(
                                new PathHandler(open)
                                        .addPrefixPath(ConsolePages.PREFIX, Guard.withoutToken(new ConsolePages())),
                                audit::ended))))
                .build();
    }

    /** Starts to listen and returns the port. */
    int start() {
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the API can't listen (" + e.getMessage() + "); choose another port with --port, 0 takes any", e);
        }
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        server.stop();
    }

    /** Each as its method and path; but the console's files. */
    List<String> routes() {
        return Stream.concat(open.all().stream(), guarded.all().stream()).toList();
    }

    /** What wants no token, and another handler for every other path. */
    private static Routes open(HttpHandler others, LoginRoutes login, Supplier<String> meters) {
        Routes routes = new Routes(others);
        routes.get(SchemaFile.PATH, Guard.withoutToken(new SchemaFile()))
                .get(ROOT + Description.NAME, Guard.withoutToken(new Description()))
                .get(MetersPage.PATH, MetersPage.page(meters))
                .get(MetersPage.HEALTH, MetersPage::health);
        login.add(routes, ROOT);
        return routes;
    }

    static void unknown(HttpServerExchange exchange) {
        throw Problem.notFound(exchange.getRequestMethod() + " " + exchange.getRequestPath() + " is not known; " + ROOT
                + Description.NAME + " describes what is");
    }
}
