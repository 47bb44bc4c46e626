package io.plumbline.exporters.webhook;

import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.http.Answer;
import java.net.URI;
import java.util.Set;

/**
 * What a receiver's answers mean. Only an answer that can speak of nothing but the message costs it; others say that
 * something on the way is not as it should be.
 */
final class Answers {
    /** About the address, or about now. */
    private static final Set<Integer> NOT_ABOUT_THE_MESSAGE = Set.of(402, 404, 405, 407, 408, 409, 410, 421, 425, 429);

    private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);

    /** Slack's words for a webhook or channel that is no more, or not for us. They come with 403, 404 and 410. */
    private static final Set<String> SLACK_GONE = Set.of(
            "action_prohibited",
            "channel_is_archived",
            "channel_not_found",
            "invalid_token",
            "no_active_hooks",
            "no_service",
            "no_service_id",
            "no_team",
            "posting_to_general_channel_denied",
            "team_disabled");

    private final WebhookSettings settings;

    Answers(WebhookSettings settings) {
        this.settings = settings;
    }

    Outcome outcome(Answer answer) {
        int status = answer.status();
        if (answer.isSuccess()) {
            return Outcome.delivered();
        }
        if (status == 401 || status == 403) {
            return new Outcome.Unauthorized(reason(answer) + "; check webhook.url and webhook.header.NAME");
        }
        if (status == 413) {
            return new Outcome.TooLarge(reason(answer));
        }
        if (settings.isSlack() && SLACK_GONE.contains(answer.body().strip())) {
            return new Outcome.Unauthorized(
                    reason(answer) + "; make a new webhook or bring the channel back, and check webhook.url");
        }
        boolean isRejected = status >= 400 && status < 500 && !NOT_ABOUT_THE_MESSAGE.contains(status);
        return isRejected
                ? new Outcome.Rejected(reason(answer))
                : new Outcome.Retry(reason(answer) + remedy(answer), answer.retryAfter());
    }

    private String reason(Answer answer) {
        // Secrets first: a piece of one that is cut off would not be known.
        String body = Answer.oneLine(settings.withoutSecrets(answer.body()));
        return settings + " answered " + answer.status() + (body.isEmpty() ? "" : ": " + body);
    }

    private static String remedy(Answer answer) {
        int status = answer.status();
        if (status >= 300 && status < 400) {
            return ", which leads to " + host(answer.header("Location")) + " and is not followed; check webhook.url";
        }
        return status >= 500 || PASSING.contains(status) ? "" : "; check webhook.url";
    }

    /** Without the rest, which may repeat the secret. */
    private static String host(String location) {
        try {
            String host = URI.create(location).getHost();
            return host == null ? "another path" : host;
        } catch (IllegalArgumentException e) {
            return "another address";
        }
    }
}
