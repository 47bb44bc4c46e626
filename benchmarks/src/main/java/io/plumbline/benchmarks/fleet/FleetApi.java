package io.plumbline.benchmarks.fleet;

import io.plumbline.pipeline.control.ControlFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The control plane's HTTP API, as the command line uses it. */
public final class FleetApi {
    private static final int OK = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ControlFile address;

    public FleetApi(ControlFile address) {
        this.address = address;
    }

    public void set(String probe) throws IOException, InterruptedException {
        send(request("/probes").POST(HttpRequest.BodyPublishers.ofString(probe)));
    }

    public void remove(String id) throws IOException, InterruptedException {
        send(request("/probes/" + id).DELETE());
    }

    public void removeTagged(String tag) throws IOException, InterruptedException {
        send(request("/probes?tag=" + tag).DELETE());
    }

    /** How many instances report. */
    public int alive() throws IOException, InterruptedException {
        return count(send(request("/instances").GET()), "\"alive\":true");
    }

    /** On how many instances a probe is in place, as the control plane says. */
    public int installed(String id) throws IOException, InterruptedException {
        return count(send(request("/probes/" + id).GET()), "\"instance\":\"[^\"]*\",\"state\":\"installed\"");
    }

    /** Of the numbers that stand behind a key, wherever it is. */
    static long sum(String answer, String key) {
        return Pattern.compile(Pattern.quote(key) + ":([0-9]+)")
                .matcher(answer)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    /** Whether there is a probe. */
    public boolean has(String id) throws IOException, InterruptedException {
        return http.send(request("/probes/" + id).GET().build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == OK;
    }

    public String get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** What a probe's answer says but for the times of the reports, which are renewed. */
    public static String withoutTimes(String answer) {
        return answer.replaceAll("\"(at|setNanos)\":[0-9]+", "");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address.url() + "/api/v1" + path))
                .header("Authorization", "Bearer " + address.token())
                .header("Content-Type", "application/json");
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException("the control plane answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private static int count(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
