package io.plumbline.e2e;

import io.plumbline.e2e.programs.Beside;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@link Beside} in a JVM of its own, under any agents. */
final class BesideProgram implements AutoCloseable {
    static final String NAME = Beside.class.getName();

    private static final Duration SOON = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Jvm jvm;
    private final int port;

    private BesideProgram(Jvm jvm) {
        this.jvm = jvm;
        this.port = Integer.parseInt(Await.until("the program", SOON, () -> found("port (\\d+)"), text -> true));
    }

    /**
     * Starts it.
     *
     * @param options of the JVM, agents among them
     */
    static BesideProgram start(Path folder, String name, List<String> options) {
        List<String> command = new java.util.ArrayList<>(options);
        command.addAll(List.of("-cp", Programs.CLASSES, NAME));
        return new BesideProgram(Jvm.start(folder, name, Jdks.current(), Map.of(), command));
    }

    /** The number of the line with a mark. */
    static int line(String mark) {
        return Programs.line(Beside.class, "@" + mark);
    }

    long pid() {
        return jvm.pid();
    }

    String output() {
        return jvm.output();
    }

    /** What its output holds in a pattern's group. */
    String found(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(jvm.output());
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + jvm.output());
        }
        return matcher.group(1);
    }

    /** One request as part of a trace. */
    void work(String traceId) throws IOException, InterruptedException {
        String answer = get("/work", "00-" + traceId + "-00f067aa0ba902b7-01");
        if (!answer.equals("sum 7")) {
            throw new AssertionError("the program answered " + answer);
        }
    }

    /** Ends it in the ordinary way, so that agents write what they have. */
    void stop() throws IOException, InterruptedException {
        get("/stop", "");
        jvm.exitCode(SOON);
    }

    private String get(String path, String traceParent) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (!traceParent.isEmpty()) {
            request.header("traceparent", traceParent);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() throws InterruptedException {
        jvm.close();
    }
}
