package io.plumbline.agent.compile;

import io.plumbline.config.expression.Code;
import io.plumbline.config.expression.ExpressionException;
import io.plumbline.config.wire.ScopeReply.Name;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells what an expression at a site may name, for people who write one: variables, fields, {@code $name}, and what is in their types. What
 * it offers, {@link Typer} takes, but for what is marked as redacted.
 *
 * <p>Classes of declared types may be loaded for it, as they are for a probe that names them; none is initialised. Control thread only.
 */
public final class Completion {
    private static final int MAX_NAMES = 300;
    private static final int MAX_TYPES = 40;
    private static final int MAX_NESTING = 8;
    private static final String START = "$start";
    private static final String UNKNOWN = "?";

    private final Scope scope;
    private final Fields fields;
    private final PureMethods methods;
    private final ClassNames classes;
    private final Members members;

    /** In the order in which they are found; the first of a name hides the others. */
    private final Map<String, Name> found = new LinkedHashMap<>();

    private final Map<String, Class<?>> types = new TreeMap<>();

    Completion(Scope scope, Fields fields, PureMethods methods) {
        this.scope = scope;
        this.fields = fields;
        this.methods = methods;
        this.classes = new ClassNames(scope.declaring());
        this.members = new Members(fields, methods);
    }

    /**
     * What is in the static type of an expression.
     *
     * @param type as in Java
     */
    public record Inside(String type, List<Name> members) {}

    /**
     * What can be named.
     *
     * @param parameters which of the variables are parameters
     */
    public List<Name> names(Set<String> parameters) {
        for (Scope.Binding binding : scope.variables()) {
            variable(scope.variable(binding.name()), parameters);
        }
        if (scope.variable("this") != null) {
            ofObject(scope.declaring(), "field", 0);
        }
        for (Field field : Members.fields(scope.declaring())) {
            if (Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                put(field.getName(), field.getName(), field.getType(), "static", scope.declaring());
            }
        }
        scope.specials().keySet().stream()
                .sorted()
                .forEach(name -> found.putIfAbsent(
                        "$" + name,
                        new Name(
                                "$" + name,
                                name.equals(Specials.MDC) ? UNKNOWN : "java.lang.String",
                                "special",
                                false)));
        return found.values().stream().limit(MAX_NAMES).toList();
    }

    /** One level of what is in the types of the names, by type. To be asked after {@link #names}. */
    public Map<String, List<Name>> members() {
        Map<String, List<Name>> all = new TreeMap<>();
        types.entrySet().stream().limit(MAX_TYPES).forEach(type -> {
            List<Name> inside = members.of(type.getValue(), false);
            if (!inside.isEmpty()) {
                all.put(type.getKey(), inside);
            }
        });
        return all;
    }

    /**
     * What follows an expression and a dot.
     *
     * @throws ExpressionException when it is none, or can't be evaluated here
     */
    public Inside of(String expression) {
        Class<?> named = asClass(expression);
        if (named != null) {
            return new Inside(Types.name(named), members.ofClass(named, scope.declaring()));
        }
        Receivers receivers = new Receivers(fields, methods, failure -> {}, scope.declaring());
        try {
            Typed typed = Typer.typed(Code.parse(expression), "path", scope, fields, receivers);
            return new Inside(Types.name(typed.type()), members.of(typed.type(), true));
        } catch (RejectedException e) {
            throw e.getCause() instanceof ExpressionException cause
                    ? cause
                    : new ExpressionException(expression, 0, e.getMessage());
        }
    }

    /** Null where it is a variable, a field, or no name. */
    private Class<?> asClass(String expression) {
        String first = expression.replaceFirst("\\..*", "");
        if (!expression.matches("[\\w.]+")
                || names(Set.of()).stream().anyMatch(name -> name.name().equals(first))) {
            return null;
        }
        return classes.named(expression);
    }

    private void variable(Scope.Binding binding, Set<String> parameters) {
        String name = binding.name();
        if (name.equals(START)) {
            found.put("$duration", new Name("$duration", "double", "special", false));
            return;
        }
        boolean isThis = name.equals("this");
        Class<?> type = isThis ? scope.declaring() : classes.ofDescriptor(binding.descriptor());
        String kind =
                isThis ? "this" : name.startsWith("$") ? "special" : parameters.contains(name) ? "parameter" : "local";
        put(name, name.equals("$return") ? scope.method() : name, type, kind, null);
    }

    /** Fields of an object, of those it is nested in, and what it captured. */
    private void ofObject(Class<?> type, String kind, int depth) {
        Class<?> outer = null;
        for (Field field : Members.fields(type)) {
            String name = field.getName();
            if (field.isSynthetic() && name.startsWith("this$")) {
                outer = field.getType();
            } else if (field.isSynthetic() && name.startsWith("val$")) {
                put(name.substring("val$".length()), name, field.getType(), "captured", type);
            } else if (!field.isSynthetic() && !Modifier.isStatic(field.getModifiers())) {
                put(name, name, field.getType(), kind, type);
            }
        }
        if (outer != null && depth < MAX_NESTING) {
            ofObject(outer, "outer", depth + 1);
        }
    }

    /**
     * @param secret the name that redaction asks for
     * @param owner the type of the object that it is read from; null for a variable
     */
    private void put(String name, String secret, Class<?> type, String kind, Class<?> owner) {
        boolean isHidden = !kind.equals("this") && fields.redaction().hides(secret, type)
                || owner != null && fields.redaction().hidesType(owner);
        if (found.putIfAbsent(name, new Name(name, Types.name(type), kind, isHidden)) == null
                && !isHidden
                && !type.isPrimitive()) {
            types.putIfAbsent(Types.name(type), type);
        }
    }
}
