package io.plumbline.agent.send;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What waits to go to Kafka. Signals are bounded in bytes, those under way included; when full, new ones are dropped and
 * counted. No topic takes more than three quarters, so that snapshots, which are large, do not keep the hits of points
 * out. Reports are kept by key, only the latest of each, so an outage does not pile them up; they go first.
 *
 * <p>Filled by the control and send threads, emptied by the send thread, told of results by the Kafka client's thread.
 */
public final class Outbox {
    private final long maxSignalBytes;
    private final Deque<Parcel> signals = new ArrayDeque<>();
    private final Map<String, Parcel> reports = new LinkedHashMap<>();

    /** The number of the latest report of each key that has not been delivered yet. */
    private final Map<String, Long> latest = new HashMap<>();

    private final Map<String, Long> dropped = new TreeMap<>();
    private final Map<String, Long> bytesByTopic = new HashMap<>();
    private long signalBytes;
    private long reportsMade;
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
     * @param key of signals null where any partition will do
     * @param value null for a tombstone
     * @param signals how many signals it carries; 0 for a report
     * @param number tells an earlier report of a key from a later one; 0 for signals
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Parcel(String topic, String key, byte[] value, int signals, long number) {

        String id() {
            return topic + "/" + key;
        }

        int bytes() {
            return value == null ? 0 : value.length;
        }
    }

    /** Adds encoded signals that may go to any partition. */
    synchronized void signals(String topic, byte[] value, int count) {
        signals(topic, null, value, count);
    }

    /**
     * Adds encoded signals, or drops them when the bound is reached.
     *
     * @param key null where any partition will do
     */
    synchronized void signals(String topic, String key, byte[] value, int count) {
        long ofTopic = bytesByTopic.getOrDefault(topic, 0L) + value.length;
        if (signalBytes + value.length > maxSignalBytes || ofTopic > maxSignalBytes * 3 / 4) {
            drop("kafka-away", count);
            return;
        }
        signalBytes += value.length;
        bytesByTopic.put(topic, ofTopic);
        signals.add(new Parcel(topic, key, value, count, 0));
    }

    /** Adds a report in place of an earlier one with the same key. */
    public synchronized void report(String topic, String key, byte[] value) {
        Parcel parcel = new Parcel(topic, key, value, 0, ++reportsMade);
        reports.remove(parcel.id());
        reports.put(parcel.id(), parcel);
        latest.put(parcel.id(), parcel.number());
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
            bytesByTopic.merge(parcel.topic(), (long) -parcel.bytes(), Long::sum);
        } else {
            latest.remove(parcel.id(), parcel.number());
        }
    }

    /** Puts back what could not be sent; a report only if there is no later one, waiting, under way or delivered. */
    synchronized void failed(Parcel parcel) {
        if (parcel.signals() > 0) {
            signals.addFirst(parcel);
        } else if (latest.getOrDefault(parcel.id(), 0L) == parcel.number()) {
            reports.put(parcel.id(), parcel);
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
