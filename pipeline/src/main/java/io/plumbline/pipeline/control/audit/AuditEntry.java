package io.plumbline.pipeline.control.audit;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A change, or a try that was refused. Texts are cleaned and cut when it is made, for some of them are an attacker's.
 *
 * @param at by the control plane's clock
 * @param who the token's name; empty when there was none that is good
 * @param role the token's; empty likewise
 * @param from the address that the request came from, or where else it was met
 * @param action such as {@code probe.set}; of a refused request its method and path
 * @param what it was done to
 * @param reason why it was refused; empty for a change
 */
public record AuditEntry(
        Instant at,
        String who,
        String role,
        String from,
        String action,
        Map<String, String> what,
        Outcome outcome,
        String reason) {
    private static final int MAX_CHARS = 500;

    /** What became of it. */
    public enum Outcome {
        DONE,
        REFUSED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AuditEntry {
        who = clean(who);
        from = clean(from);
        action = clean(action);
        reason = clean(reason);
        Map<String, String> cleaned = new LinkedHashMap<>();
        what.forEach((key, value) -> cleaned.put(clean(key), clean(value)));
        what = cleaned;
    }

    /** No control characters, no line ends, nothing that turns the reading direction; a text of a bearable length. */
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length() && i < MAX_CHARS; i++) {
            char c = text.charAt(i);
            int type = Character.getType(c);
            boolean isBad = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || type == Character.SURROGATE;
            clean.append(isBad ? '?' : c);
        }
        return text.length() > MAX_CHARS ? clean + "..." : clean.toString();
    }

    /** What is said of a probe. */
    public static Map<String, String> of(Probe probe) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("probe", probe.id());
        told.put("version", Long.toString(probe.version()));
        told.put("at", probe.span().isEmpty() ? probe.location().toString() : "a span");
        told.put("targets", probe.targets().toString());
        return told;
    }

    public String json() {
        return Json.write(map());
    }

    public Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("at", at.toString());
        map.put("who", who);
        map.put("role", role);
        map.put("from", from);
        map.put("action", action);
        map.put("what", what);
        map.put("outcome", outcome.word());
        map.put("reason", reason);
        return map;
    }

    /**
     * Reads {@link #json} back.
     *
     * @throws RuntimeException for anything else
     */
    public static AuditEntry parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "audit entry"), "an audit entry");
        return new AuditEntry(
                Instant.parse(fields.requiredText("at")),
                fields.text("who").orElse(""),
                fields.text("role").orElse(""),
                fields.text("from").orElse(""),
                fields.text("action").orElse(""),
                fields.texts("what"),
                Outcome.valueOf(fields.requiredText("outcome").toUpperCase(Locale.ROOT)),
                fields.text("reason").orElse(""));
    }
}
