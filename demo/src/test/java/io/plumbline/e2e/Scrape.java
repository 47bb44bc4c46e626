package io.plumbline.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;

/** Reads a Prometheus endpoint as a scrape with OpenMetrics does. */
final class Scrape {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String url;

    Scrape(String url) {
        this.url = url;
    }

    String text() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("accept", "application/openmetrics-text; version=1.0.0")
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    /** The sum over all series of a name whose labels hold a text. */
    double sum(String name, String labels) throws IOException, InterruptedException {
        Pattern line = Pattern.compile("^" + Pattern.quote(name) + "\\{([^}]*)\\} (\\S+).*$", Pattern.MULTILINE);
        return line.matcher(text())
                .results()
                .filter(match -> match.group(1).contains(labels))
                .mapToDouble(match -> Double.parseDouble(match.group(2)))
                .sum();
    }
}
