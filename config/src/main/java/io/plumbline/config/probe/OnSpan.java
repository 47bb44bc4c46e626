package io.plumbline.config.probe;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.Node.Scalar;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a point leaves on the span of the program's own that is current at its hit. */
public enum OnSpan {
    /** The point's attributes. */
    ATTRIBUTES,
    /** An event with the point's attributes. */
    EVENT;

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty where the key is absent. */
    static Set<OnSpan> read(Fields point) {
        EnumSet<OnSpan> read = EnumSet.noneOf(OnSpan.class);
        for (Node node : point.list(LogBeside.KEY)) {
            read.add(read(node));
        }
        return Collections.unmodifiableSet(read);
    }

    private static OnSpan read(Node node) {
        if (node instanceof Scalar scalar) {
            for (OnSpan one : values()) {
                if (one.word().equals(scalar.text().trim().toLowerCase(Locale.ROOT))) {
                    return one;
                }
            }
        }
        throw new InvalidInputException(
                node.place(), "'beside' of a point is attributes, event, or both: [attributes, event]");
    }

    /** As they are read back. */
    static List<String> words(Set<OnSpan> all) {
        return all.stream().map(OnSpan::word).toList();
    }
}
