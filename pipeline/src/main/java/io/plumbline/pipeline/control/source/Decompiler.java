package io.plumbline.pipeline.control.source;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plumbline.pipeline.control.http.Problem;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes Java of class files, and keeps what it made, by the class files' hash.
 *
 * <p>The bargain: one class at a time, a few wait, further ones are refused; who waits longer than {@link #PATIENCE} is told so. What was
 * made then all the same is there for the next who asks.
 *
 * <p>Threads: any ask; {@code control-decompiler} works, while there is something to do.
 */
public final class Decompiler implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_WAITING = 8;
    private static final int KEPT_CHARS = 8 << 20;

    private final ThreadPoolExecutor executor;
    private final Duration patience;
    private final Cache<String, Vineflower.Text> kept = Caffeine.newBuilder()
            .maximumWeight(KEPT_CHARS)
            .weigher((String key, Vineflower.Text text) -> text.text().length() + text.pairs().length * 2)
            .build();

    public Decompiler() {
        this(PATIENCE);
    }

    /** @param patience how long to wait for one class */
    Decompiler(Duration patience) {
        this.patience = patience;
        this.executor =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), work -> {
                    Thread thread = new Thread(null, work, "control-decompiler", 8 << 20, false);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * The text of an outermost class.
     *
     * @param files its class file and those nested in it, by binary name
     * @throws Problem where it takes too long, or can't be done
     */
    Vineflower.Text decompile(String type, SortedMap<String, byte[]> files) {
        String key = hash(type, files);
        Vineflower.Text text = kept.getIfPresent(key);
        return text == null ? await(type, submit(key, type, files)) : text;
    }

    private Future<Vineflower.Text> submit(String key, String type, SortedMap<String, byte[]> files) {
        try {
            return executor.submit(() -> kept.get(key, any -> Vineflower.decompile(type, files)));
        } catch (RejectedExecutionException e) {
            throw Problem.unavailable("more classes wait to be decompiled than are kept waiting; try again shortly");
        }
    }

    private Vineflower.Text await(String type, Future<Vineflower.Text> made) {
        try {
            return made.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw Problem.unavailable("decompiling " + type + " takes more than " + patience.toSeconds()
                    + " s; try again in a while, or name its sources with control.source.folders, git or jars");
        } catch (ExecutionException e) {
            throw Problem.notFound(type + " can't be decompiled (" + e.getCause()
                    + "); name its sources with control.source.folders, git or jars");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the control plane is closing; try again when it is back");
        }
    }

    private static String hash(String type, SortedMap<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                digest.update(digestOf(bytes));
            });
            return type + "#" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] digestOf(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
