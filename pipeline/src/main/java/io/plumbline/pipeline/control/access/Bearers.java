package io.plumbline.pipeline.control.access;

import io.plumbline.pipeline.control.http.Problem;

/** Whose a bearer token is. */
@FunctionalInterface
public interface Bearers {
    /** @throws Problem when it is nobody's, or not any more */
    Caller caller(String bearer);
}
