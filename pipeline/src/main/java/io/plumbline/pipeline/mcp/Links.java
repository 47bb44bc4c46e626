package io.plumbline.pipeline.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Addresses of the console that a person opens to see what the assistant saw. */
final class Links {
    private final String url;

    Links(String url) {
        this.url = url;
    }

    /** The page of a probe, by its definition. */
    String probe(Values definition) {
        StringBuilder link =
                new StringBuilder(url).append("/console/probe?probe=").append(encoded(definition.required("id")));
        definition.text("at").ifPresent(at -> link.append("&at=").append(encoded(at)));
        definition
                .object("on")
                .text("service")
                .ifPresent(service -> link.append("&service=").append(encoded(service)));
        return link.toString();
    }

    /** The same page, at one hit. */
    String hit(String probeLink, Values signal) {
        return signal.text("uid").map(uid -> probeLink + "&hit=" + encoded(uid)).orElse(probeLink);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
