package io.plumbline.pipeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Methods as people write them: {@code place(Order)} for {@code place(Lshop/Order;)V}. */
final class MethodForm {
    private static final Pattern NAME_AND_PARAMETERS = Pattern.compile("([^(]+)\\(([^)]*)\\).*");
    private static final Pattern PARAMETER = Pattern.compile("(\\[*)(?:L([^;]+);|([BCDFIJSZ]))");
    private static final Map<String, String> PRIMITIVES = Map.of(
            "B", "byte", "C", "char", "D", "double", "F", "float", "I", "int", "J", "long", "S", "short", "Z",
            "boolean");

    private MethodForm() {}

    /** A text of another form comes back as it is. */
    static String readable(String method) {
        Matcher parts = NAME_AND_PARAMETERS.matcher(method);
        if (!parts.matches()) {
            return method;
        }
        List<String> parameters = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(parts.group(2));
        while (parameter.find()) {
            String type = parameter.group(2) == null ? PRIMITIVES.get(parameter.group(3)) : parameter.group(2);
            parameters.add(type.substring(type.lastIndexOf('/') + 1)
                    + "[]".repeat(parameter.group(1).length()));
        }
        return parts.group(1) + "(" + String.join(", ", parameters) + ")";
    }
}
