package io.plumbline.pipeline.control.shares;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.NodeReader;
import io.plumbline.pipeline.control.audit.AuditEntry;
import io.plumbline.pipeline.control.http.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/**
 * Sends shares to where people talk. Who reads there is not known here, so values are shown as to an assistant: hidden by the names and patterns of its
 * redaction, and cut.
 *
 * <p>The bargain: a message is sent once, within {@link #PATIENCE}; who asked hears how it ended. No address and no token is in what they hear.
 *
 * <p>Threads: requests, {@link #AT_ONCE} at the same time.
 */
public final class ShareSender {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int AT_ONCE = 3;
    private static final int ANSWER_CHARS = 200;

    private final ShareTargets targets;
    private final UnaryOperator<Map<String, Object>> view;
    private final Semaphore seats = new Semaphore(AT_ONCE);
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** @param view what becomes of each signal for readers of whom nothing is known */
    public ShareSender(ShareTargets targets, UnaryOperator<Map<String, Object>> view) {
        this.targets = targets;
        this.view = view;
    }

    ShareTargets targets() {
        return targets;
    }

    /**
     * @param to a target's name
     * @return what the caller is told
     * @throws Problem when there is no such target, or it did not take it
     */
    Map<String, Object> send(Share share, String to, String link) {
        if (!targets.names().contains(to)) {
            throw Problem.badRequest(
                    "to",
                    "'" + to + "' is no target; there is " + (targets.names().isEmpty() ? "none" : targets.names())
                            + ": the settings control.share.slack.url, control.share.jira.url … make some");
        }
        if (!seats.tryAcquire()) {
            throw Problem.unavailable(AT_ONCE + " messages are on their way just now; try again in some seconds");
        }
        try {
            ShareText text = ShareText.of(share, view);
            return to.equals(ShareTargets.SLACK) ? slack(text, link) : jira(text, link);
        } finally {
            seats.release();
        }
    }

    private Map<String, Object> slack(ShareText text, String link) {
        post("Slack", HttpRequest.newBuilder(targets.slack()), SlackShare.json(text, link));
        return answer(ShareTargets.SLACK);
    }

    private Map<String, Object> jira(ShareText text, String link) {
        ShareTargets.Jira jira = targets.jira();
        String login = jira.user().isEmpty()
                ? "Bearer " + jira.token()
                : "Basic " + Base64.getEncoder().encodeToString((jira.user() + ":" + jira.token()).getBytes(UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jira.url() + "/rest/api/2/issue"))
                .header("Authorization", login);
        String key = key(post("Jira", request, JiraShare.json(jira, text, link)));
        Map<String, Object> answer = answer(ShareTargets.JIRA);
        if (!key.isEmpty()) {
            answer.put("key", key);
            answer.put("url", jira.url() + "/browse/" + key);
        }
        return answer;
    }

    private static Map<String, Object> answer(String to) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("to", to);
        answer.put("sent", true);
        return answer;
    }

    private String post(String name, HttpRequest.Builder request, String json) {
        try {
            HttpResponse<String> response = http.send(
                    request.timeout(PATIENCE)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(json))
                            .build(),
                    BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw Problem.unavailable(name + " did not take it: it answered " + response.statusCode() + " "
                        + said(response.body()) + "; check the settings control.share." + name.toLowerCase(Locale.ROOT)
                        + ".…");
            }
            return response.body();
        } catch (IOException e) {
            // the message may have the address
            throw Problem.unavailable(name + " can't be reached ("
                    + e.getClass().getSimpleName() + "); check its address and the way there");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the control plane is closing; try again when it is back");
        }
    }

    private static String said(String body) {
        String clean = AuditEntry.clean(body.strip());
        return clean.length() > ANSWER_CHARS ? clean.substring(0, ANSWER_CHARS) + "…" : clean;
    }

    /** Empty where the answer has none that looks like one. */
    private static String key(String body) {
        try {
            String key = Fields.free(NodeReader.json(body, "Jira's answer"), "an answer")
                    .text("key")
                    .orElse("");
            return key.matches("[A-Z][A-Z0-9_]{0,50}-[0-9]{1,12}") ? key : "";
        } catch (InvalidInputException e) {
            return "";
        }
    }
}
