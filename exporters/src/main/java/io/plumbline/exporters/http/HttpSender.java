package io.plumbline.exporters.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a request and waits for the whole answer, at most the request timeout.
 *
 * <p>Threads: any number may send at once; {@link #close} from any thread ends what is under way. The JDK's client brings
 * daemon threads of its own, which end when it is no longer used.
 */
public final class HttpSender implements AutoCloseable {

    private final Target target;
    private final HttpClient http;

    private final Object lock = new Object();
    /** Requests under way, cancelled by close. Guarded by the lock. */
    private final Set<CompletableFuture<?>> pending = new HashSet<>();
    /** Guarded by the lock. */
    private boolean closed;

    /**
     * Where to.
     *
     * @param url without a slash at the end
     * @param headers sent with each request; may hold secrets
     * @param requestTimeout for one request and its whole answer
     * @param timeoutKey the setting that says so, for people
     */
    public record Target(
            URI url, Map<String, String> headers, Duration connectTimeout, Duration requestTimeout, String timeoutKey) {
        public Target {
            headers = Map.copyOf(headers);
        }

        /** Without the secrets. */
        @Override
        public String toString() {
            return url.toString();
        }
    }

    public HttpSender(Target target) {
        this.target = target;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(target.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Sends and waits.
     *
     * @param body sent compressed; none if empty
     * @throws IOException if no whole answer came in time, or the client is closed
     */
    public Answer send(String method, String path, String contentType, byte[] body)
            throws IOException, InterruptedException {
        return send(request(method, path, contentType, body));
    }

    /**
     * Posts to the target itself and waits.
     *
     * @param body sent as it is, for receivers that do not unpack
     * @param headers of this request alone
     * @throws IOException as in {@link #send(String, String, String, byte[])}
     */
    public Answer postUnpacked(String contentType, byte[] body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = to("").header("Content-Type", contentType);
        headers.forEach(request::header);
        return send(request.POST(BodyPublishers.ofByteArray(body)).build());
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            pending.forEach(request -> request.cancel(true));
        }
    }

    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> response = start(request);
        try {
            return answer(response.get(target.requestTimeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new IOException(
                    "none within " + target.requestTimeout().toMillis() + " ms (" + target.timeoutKey() + ")", e);
        } catch (CancellationException e) {
            throw new IOException("the exporter was closed", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } finally {
            response.cancel(true);
            ended(response);
        }
    }

    private CompletableFuture<HttpResponse<byte[]>> start(HttpRequest request) throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new IOException("the exporter is closed");
            }
            CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request, BodyHandlers.ofByteArray());
            pending.add(response);
            return response;
        }
    }

    private void ended(CompletableFuture<?> response) {
        synchronized (lock) {
            pending.remove(response);
        }
    }

    private HttpRequest request(String method, String path, String contentType, byte[] body) {
        HttpRequest.Builder request = to(path);
        if (body.length == 0) {
            return request.method(method, BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", contentType)
                .header("Content-Encoding", "gzip")
                .method(method, BodyPublishers.ofByteArray(Gzip.of(body)))
                .build();
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target.url() + path));
        target.headers().forEach(request::header);
        return request;
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        return new Answer(response.statusCode(), response.body(), retryAfter(response), response.headers());
    }

    private static Optional<Duration> retryAfter(HttpResponse<byte[]> response) {
        Optional<Duration> asked = RetryAfter.read(response.headers().firstValue("Retry-After"));
        return asked.isEmpty() && response.statusCode() == 429
                ? RetryAfter.readReset(response.headers().firstValue("X-RateLimit-Reset"))
                : asked;
    }
}
