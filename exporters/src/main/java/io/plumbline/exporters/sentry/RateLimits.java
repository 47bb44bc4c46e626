package io.plumbline.exporters.sentry;

import io.plumbline.exporters.http.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads for how long Sentry wants no more events. {@code X-Sentry-Rate-Limits} comes with any status, also with 200:
 * {@code retry_after:categories:scope:reason:namespaces}, separated by commas; the categories by semicolons, none of
 * them meaning all. The longest limit counts that concerns events.
 */
final class RateLimits {

    /** What Sentry's clients take when it says "too many" without saying until when. */
    static final Duration UNSAID = Duration.ofSeconds(60);

    private static final Set<String> OURS = Set.of("error", "default", "");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d+)?");

    private RateLimits() {}

    /** How long to wait before the event of this answer may be tried again; empty if Sentry did not say. */
    static Optional<Duration> beforeRetry(Answer answer) {
        Optional<Duration> asked = announced(answer).or(answer::retryAfter);
        return answer.status() == 429 ? asked.or(() -> Optional.of(UNSAID)) : asked;
    }

    /** What the limits of this answer ask for, whatever became of its event; empty if none concerns events. */
    static Optional<Duration> announced(Answer answer) {
        Optional<Duration> longest = Optional.empty();
        for (String limit : answer.header("X-Sentry-Rate-Limits").split(",", -1)) {
            String[] fields = limit.strip().split(":", -1);
            if (!limit.isBlank() && concernsEvents(fields)) {
                Duration wait = wait(fields[0]);
                longest = longest.filter(other -> other.compareTo(wait) > 0).or(() -> Optional.of(wait));
            }
        }
        return longest;
    }

    private static boolean concernsEvents(String[] fields) {
        if (fields.length < 2) {
            return true;
        }
        for (String category : fields[1].split(";", -1)) {
            if (OURS.contains(category.strip())) {
                return true;
            }
        }
        return false;
    }

    private static Duration wait(String text) {
        String seconds = text.strip();
        return SECONDS.matcher(seconds).matches()
                ? Duration.ofMillis((long) (Double.parseDouble(seconds) * 1_000))
                : UNSAID;
    }
}
