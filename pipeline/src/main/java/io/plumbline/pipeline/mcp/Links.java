package io.plumbline.pipeline.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Addresses of the console that a person opens to see what the assistant saw. */
final class Links {
    private final String url;

    Links(String url) {
        this.url = url;
    }

    /** The screen of a probe, by its definition. */
    String probe(Values definition) {
        return url + "/console/live?probe=" + encoded(definition.required("id"));
    }

    /** The same screen, at one hit. */
    String hit(String probeLink, Values signal) {
        return signal.text("uid").map(uid -> probeLink + "&hit=" + encoded(uid)).orElse(probeLink);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
