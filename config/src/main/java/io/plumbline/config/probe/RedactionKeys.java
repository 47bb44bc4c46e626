package io.plumbline.config.probe;

import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells a person who looks for redaction in a probe where it is: with the agent, out of any probe's reach. */
final class RedactionKeys {
    private static final Set<String> KEYS = keys();

    private RedactionKeys() {}

    private static Set<String> keys() {
        Set<String> keys = new HashSet<>(List.of("redaction", "redact", "reveal", "unredacted", "redaction-mode"));
        for (String setting : Redaction.KEYS) {
            keys.add(setting);
            keys.add(setting.substring(setting.indexOf('.') + 1));
            keys.add(setting.substring(setting.lastIndexOf('.') + 1));
        }
        return Set.copyOf(keys);
    }

    /**
     * @throws InvalidInputException when a key of the mapping is about redaction
     */
    static void refuse(Node node) {
        if (!(node instanceof Node.Mapping mapping)) {
            return;
        }
        for (String key : mapping.entries().keySet()) {
            if (KEYS.contains(key)) {
                throw new InvalidInputException(
                        mapping.keyPlaces().get(key),
                        "a probe can't change redaction, so '" + key + "' is no key of it; what is hidden is set where"
                                + " the agent is configured, by plumbline.redaction.…");
            }
        }
    }
}
