package io.plumbline.pipeline.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which settings are secrets, by the words of their keys and by what stands in their values. */
final class SecretKeys {
    private static final Pattern SECRET =
            Pattern.compile("(^|[.-])(password|passwd|passphrase|secret|token|api-key|dsn|headers?|jaas)([.-]|$)");

    /** Of Kafka's clients: a private key as text. */
    private static final String KEY_STORE = "ssl.keystore.key";

    /** Who knows an incoming webhook's address writes there. */
    private static final String SHARES = "control.share.slack.url";

    private static final Pattern LOGIN = Pattern.compile("//[^/@]*:[^/@]*@");
    private static final String WEBHOOK = "webhook";

    /** Instances whose address is a secret. */
    private final Set<String> webhooks = new HashSet<>();

    /** @param exporters that are started, {@code [NAME=]EXPORTER} */
    SecretKeys(List<String> exporters) {
        for (String text : exporters) {
            String[] parts = text.split("=", 2);
            if (parts[parts.length - 1].equals(WEBHOOK)) {
                webhooks.add(parts[0]);
            }
        }
    }

    /** Whether a value is a secret as it is, and no reference to one. */
    boolean isLiteral(String key, String value) {
        return !value.isBlank() && !SecretReferences.hasAny(value) && isSecret(key, value);
    }

    private boolean isSecret(String key, String value) {
        String word = key.toLowerCase(Locale.ROOT);
        boolean isPath = word.endsWith(".location") || word.endsWith(".type") || word.endsWith(".class");
        return SECRET.matcher(word).find() && !isPath
                || word.endsWith(KEY_STORE)
                || word.equals(SHARES)
                || LOGIN.matcher(value).find()
                || word.endsWith(".url") && webhooks.contains(word.substring(0, word.length() - ".url".length()));
    }
}
