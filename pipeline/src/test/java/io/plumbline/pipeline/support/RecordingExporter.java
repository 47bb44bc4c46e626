package io.plumbline.pipeline.support;

import io.plumbline.exporters.BatchLimits;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Keeps what it was given, as texts, and answers what it was told to. */
public final class RecordingExporter implements Exporter {
    private final List<List<String>> batches = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private final Deque<Function<List<String>, Outcome>> answers = new ArrayDeque<>();
    private volatile boolean blocked;
    private volatile boolean closed;

    /** For the next call, the one after it, and so on; then all is delivered. */
    public RecordingExporter answering(Outcome... outcomes) {
        for (Outcome outcome : outcomes) {
            answeringBy(batch -> outcome);
        }
        return this;
    }

    public synchronized RecordingExporter answeringBy(Function<List<String>, Outcome> answer) {
        answers.add(answer);
        return this;
    }

    /** Takes a batch and never answers. */
    public RecordingExporter blocked() {
        blocked = true;
        return this;
    }

    public synchronized List<List<String>> batches() {
        return List.copyOf(batches);
    }

    /** All signals of all calls, in order. */
    public synchronized List<String> all() {
        return batches.stream().flatMap(List::stream).toList();
    }

    /** The same, as they came. */
    public synchronized List<Signal> signals() {
        return List.copyOf(signals);
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public Outcome export(List<Signal> batch) throws InterruptedException {
        List<String> texts = batch.stream().map(RecordingExporter::text).toList();
        Function<List<String>, Outcome> answer;
        synchronized (this) {
            batches.add(texts);
            signals.addAll(batch);
            answer = answers.poll();
        }
        if (blocked) {
            new CountDownLatch(1).await();
        }
        return answer == null ? Outcome.delivered() : answer.apply(texts);
    }

    @Override
    public void close() {
        closed = true;
    }

    /** A factory of the given name for logs, with batches of at most so many signals. */
    public static ExporterFactory factory(String name, int maxSignals, Exporter exporter) {
        return factory(name, maxSignals, Set.of(SignalKind.LOG), exporter);
    }

    /** A factory of the given name, with batches of at most so many signals of the given kinds. */
    public static ExporterFactory factory(String name, int maxSignals, Set<SignalKind> takes, Exporter exporter) {
        return new ExporterFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<SignalKind> takes() {
                return takes;
            }

            @Override
            public BatchLimits limits() {
                return new BatchLimits(maxSignals, 1_000_000);
            }

            @Override
            public Exporter create(ExporterSettings settings) {
                return exporter;
            }
        };
    }

    private static String text(Signal signal) {
        return signal instanceof LogSignal log
                ? String.valueOf(log.body())
                : signal.kind().toString();
    }
}
