package io.plumbline.pipeline.control.http;

import io.undertow.server.RoutingHandler;

/** Routes that belong together, behind the guard. Each is described in {@code openapi.yaml}: see {@link Routes}. */
public interface RouteGroup {
    /**
     * Adds its routes.
     *
     * @param root what all paths begin with, without a slash at its end
     */
    void add(RoutingHandler routes, String root);
}
