package io.plumbline.exporters.console;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.signal.Signal;
import java.io.Flushable;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/**
 * Writes signals as lines of text, for people who watch.
 *
 * <p>The bargain: a batch that comes twice is written twice, and standard output that went away ({@link PrintStream}
 * does not say so) is not noticed. Text from the observed program cannot forge lines or steer the terminal: control
 * characters are escaped.
 *
 * <p>Threads: as the contract says; a batch is written in one piece. The destination stays open after close, for it
 * belongs to the caller.
 */
public final class ConsoleExporter implements Exporter {

    private final Appendable out;
    private final ConsoleLine line;
    /** Set by close, read by the host thread. */
    private volatile boolean closed;

    private ConsoleExporter(Appendable out, ConsoleLine line) {
        this.out = out;
        this.line = line;
    }

    /**
     * Writes to a destination of the caller's.
     *
     * @param zone in which times of day are shown
     */
    public static ConsoleExporter to(Appendable out, boolean colored, ZoneId zone) {
        return new ConsoleExporter(Objects.requireNonNull(out, "out"), new ConsoleLine(colored, zone));
    }

    @Override
    public Outcome export(List<Signal> batch) {
        if (closed) {
            return Outcome.retry("the console exporter is closed");
        }
        StringBuilder text = new StringBuilder();
        for (Signal signal : batch) {
            line.append(text, signal);
        }
        try {
            out.append(text);
            if (out instanceof Flushable flushable) {
                flushable.flush();
            }
            return Outcome.delivered();
        } catch (IOException e) {
            return Outcome.retry("cannot write to the console: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
