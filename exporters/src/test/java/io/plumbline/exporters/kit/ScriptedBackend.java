package io.plumbline.exporters.kit;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * A small HTTP server on loopback that answers as told, also with what no HTTP server does: silence, a reset, half an
 * answer. Answers queue up with {@link #next}; without one it accepts.
 */
public final class ScriptedBackend implements AutoCloseable {

    private final ServerSocket listener;
    private final Function<Request, Optional<Reply>> replyBefore;
    private final Function<Request, Reply> accepted;
    private final BlockingQueue<Reply> script = new LinkedBlockingQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Semaphore batches = new Semaphore(0);

    private ScriptedBackend(Function<Request, Optional<Reply>> replyBefore, Function<Request, Reply> accepted) {
        this.replyBefore = replyBefore;
        this.accepted = accepted;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Listens on a free port.
     *
     * @param replyBefore answers requests that are no batches, outside the script
     * @param accepted the answer to a batch when the script is empty
     */
    public static ScriptedBackend start(
            Function<Request, Optional<Reply>> replyBefore, Function<Request, Reply> accepted) {
        ScriptedBackend backend = new ScriptedBackend(replyBefore, accepted);
        daemon("scripted-backend", backend::accept);
        return backend;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Answers the next batch so. */
    public void next(Reply reply) {
        script.add(reply);
    }

    /** All requests so far, in their order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Returns when one more batch has come in. */
    public void awaitBatch() throws InterruptedException {
        if (!batches.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no batch within 30 s; requests: " + requests);
        }
    }

    @Override
    public void close() {
        quietly(listener);
        sockets.forEach(ScriptedBackend::quietly);
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                sockets.add(socket);
                daemon("scripted-backend-connection", () -> serve(socket));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Optional<Request> request = Request.read(in);
            while (request.isPresent() && reply(request.get()).send(socket)) {
                request = Request.read(in);
            }
        } catch (IOException | InterruptedException e) {
            // The exporter hung up, as some tests want it to.
        }
    }

    private Reply reply(Request request) {
        requests.add(request);
        Optional<Reply> before = replyBefore.apply(request);
        if (before.isPresent()) {
            return before.get();
        }
        Reply scripted = script.poll();
        batches.release();
        return scripted == null ? accepted.apply(request) : scripted;
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closing twice is fine.
        }
    }

    /**
     * What came in.
     *
     * @param headers names in lower case
     * @param body unpacked
     * @param items the number of lines in the body halved, which for bulk bodies is the number of documents
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Request(String method, String path, Map<String, String> headers, byte[] body, int items) {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        static Optional<Request> read(InputStream in) throws IOException {
            String start = line(in);
            if (start.isEmpty()) {
                return Optional.empty();
            }
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            byte[] sent = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            byte[] body = "gzip".equals(headers.get("content-encoding")) ? unpacked(sent) : sent;
            String[] words = start.split(" ", -1);
            int lines = (int) new String(body, StandardCharsets.UTF_8).lines().count();
            return Optional.of(new Request(words[0], words[1], headers, body, lines / 2));
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        private static byte[] unpacked(byte[] gzip) throws IOException {
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
                return in.readAllBytes();
            }
        }
    }

    /** How to answer. */
    public static final class Reply {

        private enum Manner {
            ANSWER,
            SILENCE,
            RESET
        }

        private final Manner manner;
        private final int status;
        private final String body;
        private final Map<String, String> headers;
        private final CountDownLatch released;

        private Reply(Manner manner, int status, String body, Map<String, String> headers, CountDownLatch released) {
            this.manner = manner;
            this.status = status;
            this.body = body;
            this.headers = headers;
            this.released = released;
        }

        public static Reply status(int status) {
            return new Reply(Manner.ANSWER, status, "", Map.of(), new CountDownLatch(0));
        }

        /** Never answers; the connection stays open. */
        public static Reply silence() {
            return new Reply(Manner.SILENCE, 0, "", Map.of(), new CountDownLatch(1));
        }

        /** Cuts the connection when the request is in. */
        public static Reply reset() {
            return new Reply(Manner.RESET, 0, "", Map.of(), new CountDownLatch(0));
        }

        public Reply body(String text) {
            return new Reply(manner, status, text, headers, released);
        }

        public Reply header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(manner, status, body, more, released);
        }

        /** The same answer, given no earlier than {@link #release} is called. */
        public Reply held() {
            return new Reply(manner, status, body, headers, new CountDownLatch(1));
        }

        public void release() {
            released.countDown();
        }

        /** Whether the connection goes on. */
        private boolean send(Socket socket) throws IOException, InterruptedException {
            if (manner == Manner.RESET) {
                socket.setSoLinger(true, 0);
                return false;
            }
            released.await();
            socket.getOutputStream().write(answer());
            socket.getOutputStream().flush();
            return !headers.containsKey("Content-Length");
        }

        private byte[] answer() {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            if (!headers.containsKey("Content-Length")) {
                head.append("Content-Length: ").append(bytes.length).append("\r\n");
            }
            return (head + "\r\n" + body).getBytes(StandardCharsets.UTF_8);
        }
    }
}
