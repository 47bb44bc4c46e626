package io.plumbline.pipeline.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches what an exporter shows. A counter's value stands for all that it has counted: for the numbers of its series up to the
 * one that made it so.
 */
final class Scraper implements Endpoint {
    private static final Pattern PAGE = Pattern.compile("metrics=(http://[^ ,}]+)");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^numbered_total\\{(.*)} ([0-9.E+]+)$");
    private static final Pattern CELL = Pattern.compile("\\bcell=\"(\\d+)\"");
    private static final Pattern SERIES = Pattern.compile("\\bseries=\"(\\d+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newHttpClient();
    /** Set by whoever starts processes. */
    private volatile Child host;

    @Override
    public String url() {
        return "";
    }

    /** Nobody answers an exporter that is scraped. */
    @Override
    public void begin(Trouble trouble) {
        if (trouble != Trouble.NONE) {
            throw new IllegalArgumentException("a scraper gives no answers");
        }
    }

    @Override
    public void exportingIs(Child next) {
        host = next;
    }

    /** What a scrape says now; nothing while nobody answers. */
    @Override
    public Map<Integer, Integer> taken() {
        Map<Integer, Integer> taken = new HashMap<>();
        Matcher samples = SAMPLE.matcher(page());
        while (samples.find()) {
            int cell = label(CELL, samples.group(1));
            int series = label(SERIES, samples.group(1));
            long value = (long) Double.parseDouble(samples.group(2));
            for (int i = 0; i < value; i++) {
                taken.put(cell + series + i * Numbered.SERIES, 1);
            }
        }
        return taken;
    }

    @Override
    public Set<Integer> refused() {
        return Set.of();
    }

    @Override
    public void close() {
        // nothing is open
    }

    private String page() {
        try {
            Matcher where = PAGE.matcher(host.said());
            if (!where.find()) {
                throw new AssertionError("no page to scrape: " + host.said());
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create(where.group(1)))
                    .timeout(PATIENCE)
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static int label(Pattern label, String labels) {
        Matcher found = label.matcher(labels);
        if (!found.find()) {
            throw new AssertionError("no " + label + " among " + labels);
        }
        return Integer.parseInt(found.group(1));
    }
}
