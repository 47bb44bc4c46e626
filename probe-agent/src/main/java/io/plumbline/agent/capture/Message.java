package io.plumbline.agent.capture;

import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.redaction.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A template filled with the values of a hit, without the secrets in them. A secret that only shows when the values stand
 * side by side is found in the whole, and one that its neighbours disguise is found in the value; both go from both.
 *
 * @param values as shown, one a hole; those that did not fit into the record are missing at the end
 * @param hidden how many secrets were taken out
 */
record Message(String body, List<String> values, int hidden) {
    /** Stands for a value that did not fit. */
    private static final String MISSING = "…";

    /**
     * @param literals what stands between the holes, one more than there are holes
     */
    static Message of(List<String> literals, List<String> values, Redaction redaction) {
        String body = filled(literals, values);
        List<Span> spans = new ArrayList<>(redaction.secrets(body));
        int at = 0;
        for (int i = 0; i < values.size(); i++) {
            at += literals.get(i).length();
            for (Span span : redaction.secrets(values.get(i))) {
                spans.add(new Span(at + span.start(), at + span.end()));
            }
            at += values.get(i).length();
        }
        return spans.isEmpty() ? new Message(body, values, 0) : hidden(literals, values, body, Span.merged(spans));
    }

    private static Message hidden(List<String> literals, List<String> values, String body, List<Span> spans) {
        return new Message(
                Span.hide(body, 0, body.length(), spans), parts(literals, values, body, spans), spans.size());
    }

    private static String filled(List<String> literals, List<String> values) {
        StringBuilder body = new StringBuilder(literals.get(0));
        for (int i = 1; i < literals.size(); i++) {
            body.append(i - 1 < values.size() ? values.get(i - 1) : MISSING).append(literals.get(i));
        }
        return body.toString();
    }

    /** The values as they show in the body. */
    private static List<String> parts(List<String> literals, List<String> values, String body, List<Span> spans) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < values.size(); i++) {
            at += literals.get(i).length();
            int end = at + values.get(i).length();
            parts.add(Span.hide(body, at, end, spans));
            at = end;
        }
        return parts;
    }
}
