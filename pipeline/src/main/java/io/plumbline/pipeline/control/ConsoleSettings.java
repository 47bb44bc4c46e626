package io.plumbline.pipeline.control;

import io.plumbline.config.settings.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a person chose of the console.
 *
 * @param url under which people reach it, without a path; empty for where each request comes to
 * @param jaeger the address of a trace, with {@code {trace}} in it; empty for what an exporter says
 */
record ConsoleSettings(String url, String jaeger) {
    static final ConsoleSettings NONE = new ConsoleSettings("", "");

    private static final String URL = "control.console.url";
    private static final String JAEGER = "control.console.jaeger.url";
    private static final String TRACE = "{trace}";

    /** The settings that it is made from. */
    static final Set<String> KEYS = new TreeSet<>(Set.of(URL, JAEGER));

    /** @throws IllegalArgumentException naming the key and the remedy */
    static ConsoleSettings of(Map<String, String> given) {
        Settings settings = Settings.of(given);
        String url = settings.text(URL).orElse("");
        String jaeger = settings.text(JAEGER).orElse("");
        requireAddress(URL, url, "http://localhost:8990");
        requireAddress(JAEGER, jaeger.replace(TRACE, "0"), "http://jaeger:16686/trace/{trace}");
        if (!jaeger.isEmpty() && !jaeger.contains(TRACE)) {
            throw new IllegalArgumentException(JAEGER + " has {trace} where the trace's id stands, as in"
                    + " http://jaeger:16686/trace/{trace}: " + jaeger);
        }
        return new ConsoleSettings(url.replaceFirst("/+$", ""), jaeger);
    }

    private static void requireAddress(String key, String text, String example) {
        if (!text.isEmpty() && !isAddress(text)) {
            throw new IllegalArgumentException(
                    key + " is an address without a user in it, such as " + example + ": " + text);
        }
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
