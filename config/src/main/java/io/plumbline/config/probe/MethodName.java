package io.plumbline.config.probe;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A method as a person names it.
 *
 * @param name as the class file has it; {@code <init>} for constructors, {@code <clinit>} for the static initialiser
 * @param parameters their types, by full or simple name, without type arguments; empty for all of that name
 */
public record MethodName(String name, Optional<List<String>> parameters) {

    public MethodName {
        Objects.requireNonNull(name, "name");
        parameters = parameters.map(List::copyOf);
    }

    /** Whether a method of a class is meant. */
    public boolean means(String otherName, List<String> otherParameters) {
        return name.equals(otherName)
                && parameters.map(mine -> allMean(mine, otherParameters)).orElse(true);
    }

    private static boolean allMean(List<String> mine, List<String> others) {
        if (mine.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            if (!typeMeans(mine.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a type's name, as a person writes it, means a class.
     *
     * @param className full name, nested classes behind {@code $}
     */
    public static boolean typeMeans(String written, String className) {
        String name = className.replace('$', '.');
        String wanted = written.replace('$', '.');
        return name.equals(wanted) || name.endsWith("." + wanted);
    }

    @Override
    public String toString() {
        return name
                + parameters.map(types -> "(" + String.join(",", types) + ")").orElse("");
    }
}
