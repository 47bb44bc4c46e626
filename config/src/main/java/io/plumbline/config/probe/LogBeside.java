package io.plumbline.config.probe;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.Node.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a log action also writes through the program's own logging.
 *
 * @param logger the logger's name; absent for that of the class that the site is in
 * @param lift whether it writes also what the logger's level would keep back
 */
public record LogBeside(Optional<String> logger, boolean lift) {
    static final String KEY = "beside";

    private static final Set<String> KEYS = Set.of("logger", "lift");
    private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}]{1,200}");

    /** The class's own logger, at its level. */
    public static final LogBeside PLAIN = new LogBeside(Optional.empty(), false);

    public LogBeside {
        Objects.requireNonNull(logger, "logger");
        logger.filter(name -> !NAME.matcher(name).matches()).ifPresent(name -> {
            throw new IllegalArgumentException("a logger's name is up to 200 characters without spaces: " + name);
        });
    }

    /** Absent where the key is, or where it reads {@code false}. */
    static Optional<LogBeside> read(Fields log) {
        return log.node(KEY).flatMap(LogBeside::read);
    }

    private static Optional<LogBeside> read(Node node) {
        if (node instanceof Scalar scalar) {
            if (scalar.type() != Scalar.Type.BOOLEAN) {
                throw new InvalidInputException(
                        node.place(),
                        "'beside' of a log is true, or a mapping such as {logger: audit, lift: true}: "
                                + scalar.text());
            }
            return Boolean.parseBoolean(scalar.text()) ? Optional.of(PLAIN) : Optional.empty();
        }
        Fields fields = Fields.of(node, "'beside'", KEYS);
        return Optional.of(ActionReader.checked(
                fields.placeOf("logger"),
                () -> new LogBeside(fields.text("logger"), fields.bool("lift").orElse(false))));
    }

    /** As it is read back. */
    Object form() {
        if (equals(PLAIN)) {
            return true;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        logger.ifPresent(name -> map.put("logger", name));
        map.put("lift", lift);
        return map;
    }
}
