package io.plumbline.exporters;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a batch. The kinds differ in what the host does next, and in nothing else.
 *
 * <p>Reasons are shown to people and kept with dead letters: one line, in words, without secrets.
 */
public sealed interface Outcome {

    /** The backend has all of it. The host may forget the batch. */
    static Outcome delivered() {
        return Delivered.INSTANCE;
    }

    /** Delivered if nothing was rejected, else partial. */
    static Outcome of(List<Rejection> rejections) {
        return rejections.isEmpty() ? delivered() : new Partial(rejections);
    }

    /** To be tried again when the host thinks it right. */
    static Outcome retry(String reason) {
        return new Retry(reason, Optional.empty());
    }

    /** The backend has all of it, now or from an earlier delivery of the same signals. */
    record Delivered() implements Outcome {
        private static final Delivered INSTANCE = new Delivered();
    }

    /** The backend has all but the named signals. The host repeats the retryable ones and puts away the others. */
    record Partial(List<Rejection> rejections) implements Outcome {
        public Partial {
            rejections = List.copyOf(rejections);
            if (rejections.isEmpty()) {
                throw new IllegalArgumentException("a partial outcome must name a rejected signal");
            }
        }
    }

    /**
     * One signal that the backend does not have.
     *
     * @param index its place in the batch, from 0
     * @param retryable whether the same signal may succeed later; if not, it is a dead letter
     */
    record Rejection(int index, String reason, boolean retryable) {
        public Rejection {
            if (index < 0) {
                throw new IllegalArgumentException("index must be >= 0: " + index);
            }
            Objects.requireNonNull(reason, "reason");
        }

        public static Rejection last(int index, String reason) {
            return new Rejection(index, reason, false);
        }

        public static Rejection retryable(int index, String reason) {
            return new Rejection(index, reason, true);
        }
    }

    /**
     * Nothing is known to have arrived and the cause may pass: 429, 5xx, timeout, connection refused or cut. The host
     * repeats the batch, without limit.
     *
     * @param retryAfter how long the backend asked to be left alone, if it said so
     */
    record Retry(String reason, Optional<Duration> retryAfter) implements Outcome {
        public Retry {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(retryAfter, "retryAfter");
        }
    }

    /** The backend does not let us in (401, 403). The host pauses the exporter and says so; nothing is thrown away. */
    record Unauthorized(String reason) implements Outcome {
        public Unauthorized {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The batch is too large for the backend (413). The host splits it; a single signal becomes a dead letter. */
    record TooLarge(String reason) implements Outcome {
        public TooLarge {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** The backend will never take this batch. All of it becomes dead letters. */
    record Rejected(String reason) implements Outcome {
        public Rejected {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
