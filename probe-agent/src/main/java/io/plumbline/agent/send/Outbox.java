package io.plumbline.agent.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What waits to go to Kafka. Signals are bounded in bytes, those under way included; when full, new ones are dropped and
 * counted. Reports are kept by key, only the latest of each, so an outage does not pile them up; they go first.
 *
 * <p>Filled by the control and send threads, emptied by the send thread, told of results by the Kafka client's thread.
 */
public final class Outbox {
    private final long maxSignalBytes;
    private final Deque<Parcel> signals = new ArrayDeque<>();
    private final Map<String, Parcel> reports = new LinkedHashMap<>();
    private final Map<String, Long> dropped = new TreeMap<>();
    private long signalBytes;
    private boolean woken;

    /**
     * @param maxSignalBytes of encoded signals that wait or are under way
     */
    public Outbox(long maxSignalBytes) {
        this.maxSignalBytes = maxSignalBytes;
    }

    /**
     * One Kafka record.
     *
     * @param key null for signals
     * @param value null for a tombstone
     * @param signals how many signals it carries; 0 for a report
     */
    record Parcel(String topic, String key, byte[] value, int signals) {

        int bytes() {
            return value == null ? 0 : value.length;
        }
    }

    /** Adds encoded signals, or drops them when the bound is reached. */
    synchronized void signals(String topic, byte[] value, int count) {
        if (signalBytes + value.length > maxSignalBytes) {
            drop("kafka-away", count);
            return;
        }
        signalBytes += value.length;
        signals.add(new Parcel(topic, null, value, count));
    }

    /** Adds a report in place of an earlier one with the same key. */
    public synchronized void report(String topic, String key, byte[] value) {
        reports.remove(topic + "/" + key);
        reports.put(topic + "/" + key, new Parcel(topic, key, value, 0));
        wake();
    }

    /** The next to send, taken out; null when there is none. */
    synchronized Parcel next() {
        if (!reports.isEmpty()) {
            return reports.remove(reports.keySet().iterator().next());
        }
        return signals.poll();
    }

    synchronized void delivered(Parcel parcel) {
        if (parcel.signals() > 0) {
            signalBytes -= parcel.bytes();
        }
    }

    /** Puts back what could not be sent; a report only if there is no later one. */
    synchronized void failed(Parcel parcel) {
        if (parcel.signals() > 0) {
            signals.addFirst(parcel);
        } else {
            reports.putIfAbsent(parcel.topic() + "/" + parcel.key(), parcel);
        }
    }

    /** Gives up on what Kafka will never take. */
    synchronized void refused(Parcel parcel) {
        delivered(parcel);
        drop("kafka-refused", parcel.signals());
    }

    private void drop(String cause, int count) {
        if (count > 0) {
            dropped.merge(cause, (long) count, Long::sum);
        }
    }

    synchronized boolean isEmpty() {
        return signals.isEmpty() && reports.isEmpty();
    }

    /** Signals lost here, by cause. */
    public synchronized Map<String, Long> dropped() {
        return new TreeMap<>(dropped);
    }

    /** Waits until something urgent came, at most so long. */
    synchronized void await(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!woken) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        woken = false;
    }

    /** Ends a wait. */
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }
}
