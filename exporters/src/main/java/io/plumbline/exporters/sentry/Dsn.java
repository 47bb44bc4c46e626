package io.plumbline.exporters.sentry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a project's events go, as Sentry hands it out: {@code https://KEY@HOST/PROJECT}, with {@code KEY:SECRET} from
 * old installations, and with a path before the project behind some proxies.
 *
 * @param url without keys and project, and without a slash at the end
 * @param key a secret
 * @param secret a second one, or ""
 */
record Dsn(URI url, String project, String key, String secret) {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Pattern KEYS = Pattern.compile("([\\w.-]+)(?::([\\w.-]+))?");
    private static final Pattern PATH = Pattern.compile("(/.*)?/([\\w-]+)/?");

    /** Empty if the text is none. */
    static Optional<Dsn> parse(String text) {
        try {
            URI uri = new URI(text);
            boolean isComplete = uri.getScheme() != null
                    && uri.getHost() != null
                    && uri.getRawUserInfo() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return isComplete ? read(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty(); // its message would repeat the key
        }
    }

    private static Optional<Dsn> read(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        Matcher keys = KEYS.matcher(uri.getRawUserInfo());
        Matcher path = PATH.matcher(uri.getRawPath());
        if (!SCHEMES.contains(scheme) || !keys.matches() || !path.matches()) {
            return Optional.empty();
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String prefix = path.group(1) == null ? "" : path.group(1);
        URI url = URI.create(scheme + "://" + uri.getHost() + port + prefix.replaceAll("/+$", ""));
        return Optional.of(new Dsn(url, path.group(2), keys.group(1), keys.group(2) == null ? "" : keys.group(2)));
    }

    /** A text that should have been one, without what may be a key. */
    static String masked(String text) {
        int at = text.lastIndexOf('@');
        if (at < 0) {
            return "…";
        }
        int slashes = text.indexOf("//");
        return (slashes >= 0 && slashes < at ? text.substring(0, slashes + 2) : "") + "***" + text.substring(at);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return url + "/" + project;
    }
}
