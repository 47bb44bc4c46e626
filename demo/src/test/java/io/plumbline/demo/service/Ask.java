package io.plumbline.demo.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service as its callers see it: one request, one status, one line of JSON. */
public record Ask(int status, String body) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static Ask get(URI service, String pathAndQuery) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(service + pathAndQuery)));
    }

    public static Ask post(URI service, String path, String form) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(service + path)).POST(BodyPublishers.ofString(form)));
    }

    /** The number that the answer has under a name. */
    public double number(String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":([0-9.]+)").matcher(body);
        if (!matcher.find()) {
            throw new AssertionError("no number " + name + " in " + body);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static Ask send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = HTTP.send(request.build(), BodyHandlers.ofString());
        return new Ask(response.statusCode(), response.body());
    }
}
