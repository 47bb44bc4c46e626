package io.plumbline.exporters.webhook;

import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Signal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a person is told about one batch. Records of programs' own logging are left out, and a record that is there twice
 * counts once.
 *
 * @param id 32 hex digits, made of the ids of the records in it, whatever their order; equal when a batch is repeated
 * @param groups in the order of their first records
 */
record Message(String id, List<Group> groups) {
    private static final int ID_BYTES = 16;

    Message {
        groups = List.copyOf(groups);
    }

    static Message of(List<Signal> batch) {
        Map<Group.Key, Group> groups = new LinkedHashMap<>();
        TreeSet<String> uids = new TreeSet<>();
        for (Signal signal : batch) {
            if (signal instanceof LogSignal log && !log.probeId().isEmpty() && uids.add(uid(log))) {
                groups.merge(Group.Key.of(log), Group.of(log), (group, one) -> group.with(log));
            }
        }
        return new Message(hash(String.join("\n", uids)), new ArrayList<>(groups.values()));
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    long hits() {
        return groups.stream().mapToLong(Group::hits).sum();
    }

    /** The record's own id; of a foreign producer's without one, all that it holds. */
    private static String uid(LogSignal log) {
        return log.uid().isEmpty()
                ? String.join(
                        "\n",
                        log.resource().attributes().toString(),
                        Long.toString(log.bestTimeUnixNano()),
                        log.eventName(),
                        log.body().toString(),
                        log.attributes().toString())
                : log.uid();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
