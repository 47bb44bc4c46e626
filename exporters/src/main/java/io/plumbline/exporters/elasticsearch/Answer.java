package io.plumbline.exporters.elasticsearch;

import java.time.Duration;
import java.util.Optional;

/**
 * What the backend said.
 *
 * @param retryAfter how long it asked to be left alone, if it did
 */
record Answer(int status, String body, Optional<Duration> retryAfter) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
