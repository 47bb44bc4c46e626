package io.plumbline.exporters.elasticsearch;

import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.http.Answer;
import java.util.Optional;

/**
 * What an answer means that is not success. Only a 400 or 413 speaks about the batch; any other status says that
 * something between us and the index is not as it should be, which never costs data.
 */
final class Answers {

    private Answers() {}

    static Outcome outcome(Answer answer, ElasticsearchSettings settings) {
        String reason = reason(answer, settings);
        return switch (answer.status()) {
            case 400 -> new Outcome.Rejected(reason);
            case 401, 403 ->
                new Outcome.Unauthorized(reason + "; check elasticsearch.api-key, or elasticsearch.username"
                        + " and elasticsearch.password, and their right to create documents");
            case 413 -> new Outcome.TooLarge(reason);
            default -> retry(answer, reason);
        };
    }

    /** For requests before the batch: whatever is wrong with them, the batch is not to blame. */
    static Outcome outcomeOfSetup(Answer answer, ElasticsearchSettings settings) {
        String reason = "cannot set up the index template: " + reason(answer, settings);
        if (answer.status() == 401 || answer.status() == 403) {
            return new Outcome.Unauthorized(
                    reason + "; give elasticsearch.api-key or elasticsearch.username the right to"
                            + " monitor and manage_index_templates, or put the template yourself and set"
                            + " elasticsearch.manage-template=false");
        }
        return retry(answer, reason);
    }

    private static Outcome retry(Answer answer, String reason) {
        boolean passing = answer.status() == 429 || answer.status() == 408 || answer.status() >= 500;
        Optional<String> hint = passing ? Optional.empty() : Optional.of("; check elasticsearch.url");
        return new Outcome.Retry(reason + hint.orElse(""), answer.retryAfter());
    }

    private static String reason(Answer answer, ElasticsearchSettings settings) {
        String body = answer.excerpt();
        return settings.url() + " answered " + answer.status() + (body.isEmpty() ? "" : ": " + body);
    }
}
