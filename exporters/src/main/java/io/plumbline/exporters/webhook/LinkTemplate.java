package io.plumbline.exporters.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address for people in which {@code {probe}}, {@code {service}} and {@code {trace}} stand for a group's own. */
record LinkTemplate(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{(probe|service|trace)}");

    /** Empty if the text is no address with http or https once values are in it, or holds a user. */
    static Optional<LinkTemplate> parse(String text) {
        try {
            // What is encoded may stand nowhere before the path, so that no value can choose the host.
            URI uri = new URI(PLACE.matcher(text).replaceAll("%20"));
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return isHttp && uri.getHost() != null && uri.getRawUserInfo() == null
                    ? Optional.of(new LinkTemplate(text))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Empty if the group lacks one of the values. */
    Optional<String> of(Group group) {
        Map<String, String> values = Map.of(
                "probe", group.key().probe(),
                "service", group.key().service(),
                "trace", group.last().traceId());
        Matcher places = PLACE.matcher(text);
        return places.results().anyMatch(place -> values.get(place.group(1)).isEmpty())
                ? Optional.empty()
                : Optional.of(places.replaceAll(place -> encoded(values, place)));
    }

    private static String encoded(Map<String, String> values, MatchResult place) {
        String encoded = URLEncoder.encode(values.get(place.group(1)), StandardCharsets.UTF_8);
        return Matcher.quoteReplacement(encoded.replace("+", "%20"));
    }
}
