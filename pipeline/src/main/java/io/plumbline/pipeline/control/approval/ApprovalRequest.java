package io.plumbline.pipeline.control.approval;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A definition that waits for approval, or did. A changed definition is another request, under another id, so who names an id means exactly what
 * they read.
 *
 * @param id the probe's id, {@code @}, and what nobody can choose
 * @param probe the definition; its life begins when it is approved
 * @param rule the one that asks, in words
 * @param author the name of the token that asked
 * @param expires until when it can be approved
 * @param state what was said
 * @param by the name of the token that said so; empty while it waits
 * @param at when; while it waits when it was asked
 * @param version that the approved definition got; 0 before
 * @param why it was refused
 */
record ApprovalRequest(
        String id,
        Probe probe,
        String rule,
        String author,
        Instant asked,
        Instant expires,
        State state,
        String by,
        Instant at,
        long version,
        String why) {
    private static final int SALT_BYTES = 4;

    /** What was said of a request. */
    enum State {
        WAITING,
        APPROVED,
        REFUSED,
        /** By its author, or by another definition of the same id. */
        WITHDRAWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown state " + word));
        }
    }

    static ApprovalRequest asked(Probe probe, ApprovalRule rule, String author, Instant now, Duration patience) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        String id = probe.id() + "@" + HexFormat.of().formatHex(salt);
        return new ApprovalRequest(
                id, probe, rule.toString(), author, now, now.plus(patience), State.WAITING, "", now, 0, "");
    }

    ApprovalRequest approved(String approver, Instant now, long given) {
        return new ApprovalRequest(id, probe, rule, author, asked, expires, State.APPROVED, approver, now, given, "");
    }

    ApprovalRequest ended(State end, String who, Instant now, String reason) {
        return new ApprovalRequest(id, probe, rule, author, asked, expires, end, who, now, 0, reason);
    }

    boolean isWaitingAt(Instant now) {
        return state == State.WAITING && now.isBefore(expires);
    }

    /** The probe as it is set: its life begins with the approval. */
    Probe agreed() {
        Instant end = probe.expires().equals(Instant.MAX)
                ? Instant.MAX
                : at.plus(Duration.between(probe.created(), probe.expires()));
        return new Probe(
                probe.id(),
                version,
                probe.location(),
                probe.condition(),
                probe.actions(),
                probe.targets(),
                probe.limits(),
                at,
                end,
                probe.rollout(),
                probe.to());
    }

    /** What the API shows. */
    Map<String, Object> map(Instant now) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("probe", probe.id());
        map.put("state", state == State.WAITING && !isWaitingAt(now) ? "expired" : state.word());
        map.put("rule", rule);
        map.put("author", author);
        map.put("asked", asked.toEpochMilli());
        map.put("expires", expires.toEpochMilli());
        map.put("by", by);
        map.put("at", at.toEpochMilli());
        map.put("version", version);
        map.put("why", why);
        map.put("definition", ProbeWriter.map(probe));
        return map;
    }

    String json() {
        Map<String, Object> map = map(Instant.MIN);
        map.put("state", state.word());
        return Json.write(map);
    }

    /** Reads {@link #json} back; keys that later versions may add are passed over. */
    static ApprovalRequest parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "approval"), "an approval");
        Probe probe = ProbeReader.wire(
                fields.node("definition").orElseThrow(() -> new IllegalArgumentException("it has no definition")));
        return new ApprovalRequest(
                fields.requiredText("id"),
                probe,
                fields.requiredText("rule"),
                fields.requiredText("author"),
                time(fields, "asked"),
                time(fields, "expires"),
                State.of(fields.requiredText("state")),
                fields.text("by").orElse(""),
                time(fields, "at"),
                fields.integer("version", 0, Long.MAX_VALUE).orElse(0L),
                fields.text("why").orElse(""));
    }

    private static Instant time(Fields fields, String key) {
        return Instant.ofEpochMilli(fields.integer(key, 0, Long.MAX_VALUE).orElse(0L));
    }
}
