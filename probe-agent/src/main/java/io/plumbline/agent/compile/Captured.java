package io.plumbline.agent.compile;

import io.plumbline.config.expression.Code;
import io.plumbline.config.probe.Action;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.wire.SignalAttributes;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Type;

/**
 * What a snapshot or an exception at one site consists of. The exception and the method's result come first, so that no
 * bound on the record cuts them for the sake of a large variable; then variables, watch expressions, static fields.
 */
final class Captured {
    private static final String EXCEPTION = "$exception";
    private static final String RETURN = "$return";
    private static final Set<String> SHOWN_SPECIALS = Set.of(EXCEPTION, RETURN);
    private static final String SERIAL = "serialVersionUID";

    private final Scope scope;
    private final Fields fields;
    private final Receivers receivers;

    Captured(Scope scope, Fields fields, Receivers receivers) {
        this.scope = scope;
        this.fields = fields;
        this.receivers = receivers;
    }

    /**
     * The values in the order in which a hit puts them.
     *
     * @throws RejectedException when a watch expression does not fit, or there is no exception to capture
     */
    List<RecordValue> of(Action.Capturing action) throws RejectedException {
        boolean isException = action instanceof Action.Exceptions;
        if (isException && scope.variable(EXCEPTION) == null) {
            throw new RejectedException(
                    "there is no exception at this place; an 'exception' probe stands at a catch, a"
                            + " throw or an exception's way out of a method, and 'snapshot' captures the variables of any line");
        }
        List<RecordValue> values = new ArrayList<>();
        for (Scope.Binding binding : visible()) {
            if (action.variables() || binding.name().equals(EXCEPTION)) {
                values.add(variable(binding));
            }
        }
        watch(action, values);
        if (action.statics()) {
            statics(values, action.bounds().fields());
        }
        return values;
    }

    /** Specials, then variables; of equal names the innermost. */
    private List<Scope.Binding> visible() {
        Map<String, Scope.Binding> specials = new LinkedHashMap<>();
        Map<String, Scope.Binding> variables = new LinkedHashMap<>();
        for (Scope.Binding binding : scope.variables()) {
            if (SHOWN_SPECIALS.contains(binding.name())) {
                specials.put(binding.name(), binding);
            } else if (!binding.name().startsWith("$")) {
                variables.put(binding.name(), binding);
            }
        }
        List<Scope.Binding> all = new ArrayList<>(specials.values());
        all.addAll(variables.values());
        return all;
    }

    private RecordValue variable(Scope.Binding binding) {
        return isHidden(binding)
                ? RecordValue.hidden(binding.name())
                : new RecordValue(binding.name(), new Typed.Argument(binding.slot(), type(binding.descriptor())));
    }

    /** By name; by type the value itself tells, unless only some types are allowed. What a method returns has its name. */
    private boolean isHidden(Scope.Binding binding) {
        Redaction redaction = fields.redaction();
        String name = binding.name().equals(RETURN) ? scope.method() : binding.name();
        return redaction.hides(name, type(binding.descriptor()))
                && redaction.hides(name, new ClassNames(scope.declaring()).ofDescriptor(binding.descriptor()));
    }

    /** References as Object: what they are is told by their values, and no class is loaded to find out. */
    private static Class<?> type(String descriptor) {
        Class<?> primitive = Types.primitive(Type.getType(descriptor).getClassName());
        return primitive == null ? Object.class : primitive;
    }

    private void watch(Action.Capturing action, List<RecordValue> values) throws RejectedException {
        for (Map.Entry<String, Code> watched : action.watch().entrySet()) {
            Typed typed =
                    Typer.typed(watched.getValue(), "the watch '" + watched.getKey() + "'", scope, fields, receivers);
            values.add(new RecordValue(SignalAttributes.WATCH + "." + watched.getKey(), typed));
        }
    }

    /** The class is initialised, or just being so, for its code runs. */
    private void statics(List<RecordValue> values, int max) throws RejectedException {
        int found = 0;
        for (Field field : scope.declaring().getDeclaredFields()) {
            boolean isShown = Modifier.isStatic(field.getModifiers())
                    && !field.isSynthetic()
                    && !field.getName().equals(SERIAL);
            if (isShown && found++ < max) {
                values.add(constant(SignalAttributes.STATICS + "." + field.getName(), field));
            }
        }
    }

    private RecordValue constant(String name, Field field) throws RejectedException {
        if (fields.redaction().hides(field.getName(), field.getType())) {
            return RecordValue.hidden(name);
        }
        try {
            return new RecordValue(name, new Typed.FieldRead(null, fields.getter(field), field.getType()));
        } catch (IllegalAccessException | RuntimeException e) {
            throw new RejectedException(
                    "the JVM does not let the static field '" + field.getName() + "' be read: " + e.getMessage(), e);
        }
    }
}
