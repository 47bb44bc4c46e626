package io.plumbline.exporters.sentry;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Leads from an event back to the console's page, where a probe is set at the event's line. No {@code LinkTemplate} as the webhook
 * exporter has: here the page is our own, so people give its address and we know its parameters.
 *
 * @param base where the control plane is, without the slash at its end: {@code http://127.0.0.1:7077}
 */
record ConsoleLink(String base) {

    /** Empty if the text is no address with http or https, or has a user, a query or a fragment. */
    static Optional<ConsoleLink> parse(String text) {
        try {
            URI uri = new URI(text);
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean isBare = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
            return isHttp && uri.getHost() != null && isBare
                    ? Optional.of(new ConsoleLink(text.replaceAll("/+$", "")))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * The page for a line, for one service.
     *
     * @param type the class's binary name; the page makes a location of it
     * @param line 1-based
     * @param service empty for every service
     * @return empty if class or line is unknown
     */
    Optional<String> to(String type, int line, String service) {
        if (type.isEmpty() || line < 1) {
            return Optional.empty();
        }
        String link = base + "/console/probe?class=" + encoded(type) + "&line=" + line;
        return Optional.of(service.isEmpty() ? link : link + "&service=" + encoded(service));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
