package io.plumbline.exporters.datadog;

import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.Outcome.Rejection;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers what became of a batch that went out in several requests. What nobody speaks of is delivered.
 *
 * <p>One reason that holds for the whole batch is handed on as it is; otherwise each signal has its own, so that what
 * was sent is not sent again. How long Datadog asked to be left alone is lost then, until the rest is tried by itself.
 */
final class Verdict {
    private final int size;
    private final List<Rejection> rejections = new ArrayList<>();
    private final List<Outcome> failures = new ArrayList<>();
    private int failed;

    /** @param size of the batch */
    Verdict(int size) {
        this.size = size;
    }

    /** Datadog will never take this one. */
    void unfit(int index, String reason) {
        rejections.add(Rejection.last(index, reason));
    }

    /** These are not with Datadog, all for one reason. */
    void failed(List<Integer> indexes, Outcome outcome) {
        failures.add(outcome);
        failed += indexes.size();
        boolean isFinal = outcome instanceof Outcome.Rejected;
        for (int index : indexes) {
            rejections.add(new Rejection(index, reason(outcome), !isFinal));
        }
    }

    Outcome outcome() {
        boolean isAllAlike = failures.stream().map(Outcome::getClass).distinct().count() == 1;
        return failed == size && isAllAlike ? failures.get(0) : Outcome.of(rejections);
    }

    private static String reason(Outcome outcome) {
        if (outcome instanceof Outcome.Retry retry) {
            return retry.reason();
        } else if (outcome instanceof Outcome.Unauthorized unauthorized) {
            return unauthorized.reason();
        } else if (outcome instanceof Outcome.TooLarge tooLarge) {
            return tooLarge.reason();
        } else if (outcome instanceof Outcome.Rejected rejected) {
            return rejected.reason();
        }
        throw new IllegalArgumentException("a failure must be of the whole request: " + outcome);
    }
}
