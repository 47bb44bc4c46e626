package io.plumbline.pipeline.control.shares;

import io.plumbline.config.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where shares can be sent, as the settings say.
 *
 * @param slack an incoming webhook's address, which is a secret; null where there is none
 * @param jira null where there is none
 */
public record ShareTargets(URI slack, Jira jira) {
    public static final ShareTargets NONE = new ShareTargets(null, null);

    static final String SLACK = "slack";
    static final String JIRA = "jira";

    private static final String PREFIX = "control.share.";
    private static final String SLACK_URL = PREFIX + "slack.url";
    private static final String JIRA_URL = PREFIX + "jira.url";
    private static final String JIRA_PROJECT = PREFIX + "jira.project";
    private static final String JIRA_TYPE = PREFIX + "jira.type";
    private static final String JIRA_USER = PREFIX + "jira.user";
    private static final String JIRA_TOKEN = PREFIX + "jira.token";

    /** The settings that it is made from. */
    public static final Set<String> KEYS =
            new TreeSet<>(Set.of(SLACK_URL, JIRA_URL, JIRA_PROJECT, JIRA_TYPE, JIRA_USER, JIRA_TOKEN));

    /**
     * @param url without a path at its end that is the API's
     * @param user whose token it is, as Jira Cloud wants; empty where the token alone says so
     */
    record Jira(String url, String project, String type, String user, String token) {
        /** The token is a secret. */
        @Override
        public String toString() {
            return "Jira at " + url + ", project " + project;
        }
    }

    /** @throws IllegalArgumentException naming the key and the remedy, and no secret */
    public static ShareTargets of(Map<String, String> given) {
        Settings settings = Settings.of(given);
        URI slack =
                settings.text(SLACK_URL).map(text -> address(SLACK_URL, text)).orElse(null);
        String url = settings.text(JIRA_URL).orElse("");
        if (url.isEmpty()) {
            KEYS.stream()
                    .filter(key ->
                            key.startsWith(PREFIX + JIRA) && settings.text(key).isPresent())
                    .findFirst()
                    .ifPresent(key -> {
                        throw new IllegalArgumentException(key + " is set without " + JIRA_URL + "; set both");
                    });
            return new ShareTargets(slack, null);
        }
        address(JIRA_URL, url);
        return new ShareTargets(
                slack,
                new Jira(
                        url.replaceFirst("/+$", ""),
                        required(settings, JIRA_PROJECT),
                        settings.text(JIRA_TYPE).orElse("Task"),
                        settings.text(JIRA_USER).orElse(""),
                        required(settings, JIRA_TOKEN)));
    }

    /** Those that there are. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        if (slack != null) {
            names.add(SLACK);
        }
        if (jira != null) {
            names.add(JIRA);
        }
        return names;
    }

    /** The address is a secret. */
    @Override
    public String toString() {
        return "targets " + names();
    }

    private static String required(Settings settings, String key) {
        return settings.text(key)
                .orElseThrow(() -> new IllegalArgumentException(key + " is missing; " + JIRA_URL + " needs it"));
    }

    private static URI address(String key, String text) {
        try {
            URI uri = new URI(text.strip());
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // answered below, without the text, which may be a secret
        }
        throw new IllegalArgumentException(
                key + " is an address with http or https, a host and no user in it; check it");
    }
}
