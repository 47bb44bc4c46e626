package io.plumbline.demo.service;

/**
 * Answers the requests to one path. Called by several of the service's threads at once; an {@link IllegalArgumentException}
 * becomes status 400, anything else 500.
 */
@FunctionalInterface
public interface Route {
    Reply answer(Parameters parameters);
}
