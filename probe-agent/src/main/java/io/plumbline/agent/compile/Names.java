package io.plumbline.agent.compile;

import io.plumbline.config.expression.Code;
import io.plumbline.config.expression.Expression;
import io.plumbline.config.expression.ExpressionException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * What names mean at a site: local variables first, then fields of {@code this}, of the objects it is nested in and of
 * the variables it captured, then classes.
 */
final class Names {
    private static final int MAX_NESTING = 8;

    private final Code code;
    private final Scope scope;
    private final ClassNames classes;
    private final Fields fields;
    private final Hidden hidden;
    private final Receivers receivers;

    Names(Code code, Scope scope, ClassNames classes, Fields fields, Receivers receivers) {
        this.code = code;
        this.scope = scope;
        this.classes = classes;
        this.fields = fields;
        this.hidden = new Hidden(code, fields.redaction());
        this.receivers = receivers;
    }

    Typed name(Expression.Name name) {
        Typed found = find(name.name(), name.at());
        if (found != null) {
            hidden.refuse(name.name(), found.type(), name.at());
            if (found instanceof Typed.FieldRead read && read.target() != null) {
                hidden.refuseType(read.target().type(), name.at());
            }
            return found;
        }
        if (name.name().equals("this")) {
            throw code.error(name.at(), "there is no 'this' here: the method is static, or super(…) has not run yet");
        }
        if (classes.named(name.name()) != null) {
            throw code.error(name.at(), name.name() + " is a class; name one of its static fields or methods");
        }
        List<String> there = available();
        String what = "no variable '" + name.name() + "' here";
        throw code.error(name.at(), what + Typer.offer(name.name(), there));
    }

    private Typed find(String name, int at) {
        Scope.Binding binding = scope.variable(name);
        if (binding != null) {
            return Typer.argument(binding, classes);
        }
        Typed receiver = receiver();
        Typed owner = receiver;
        for (int i = 0; owner != null && i < MAX_NESTING; i++) {
            Field field = declared(owner.type(), name, at);
            if (field == null) {
                field = declared(owner.type(), "val$" + name, at);
            }
            if (field != null) {
                return read(owner, field, at);
            }
            owner = outer(owner, at);
        }
        Field constant = declared(scope.declaring(), name, at);
        boolean readable = constant != null && Modifier.isStatic(constant.getModifiers());
        return readable ? read(null, constant, at) : null;
    }

    private Typed receiver() {
        Scope.Binding binding = scope.variable("this");
        return binding == null ? null : new Typed.Argument(binding.slot(), scope.declaring());
    }

    /** The object that an inner class's object is nested in, by the field javac gives it. */
    private Typed outer(Typed owner, int at) {
        for (Field field : owner.type().getDeclaredFields()) {
            if (field.isSynthetic() && field.getName().startsWith("this$")) {
                return read(owner, field, at);
            }
        }
        return null;
    }

    private List<String> available() {
        List<String> names = new ArrayList<>();
        for (Scope.Binding binding : scope.variables()) {
            names.add(binding.name());
        }
        names.addAll(Fields.names(scope.declaring()));
        return names;
    }

    /** The class that an expression names when it is no variable; null if it is something else. */
    Class<?> asClass(Expression expression) {
        String name = qualifiedName(expression);
        if (name == null) {
            return null;
        }
        String first = name.substring(0, name.indexOf('.') < 0 ? name.length() : name.indexOf('.'));
        return find(first, expression.at()) != null ? null : classes.named(name);
    }

    private static String qualifiedName(Expression expression) {
        if (expression instanceof Expression.Name name) {
            return name.name();
        }
        if (expression instanceof Expression.Member member) {
            String target = qualifiedName(member.target());
            return target == null ? null : target + "." + member.name();
        }
        return null;
    }

    Typed staticField(Class<?> type, String name, int at) {
        Field field = declared(type, name, at);
        if (field == null || !Modifier.isStatic(field.getModifiers())) {
            throw code.error(
                    at,
                    Types.name(type) + " has no static field '" + name + "'" + Typer.offer(name, Fields.names(type)));
        }
        boolean family = type.isAssignableFrom(scope.declaring()) || sameNest(type);
        if (!family && !field.isEnumConstant() && !Fields.isJdk(type)) {
            throw code.error(
                    at,
                    "static fields of other classes are not read, as that could initialise the class: "
                            + Types.name(type));
        }
        if (!field.isEnumConstant() && !Fields.isJdk(type)) {
            refuseHidden(field, at);
        }
        return read(null, field, at);
    }

    private boolean sameNest(Class<?> type) {
        try {
            return type.getNestHost() == scope.declaring().getNestHost();
        } catch (LinkageError e) {
            return false;
        }
    }

    private void refuseHidden(Field field, int at) {
        hidden.refuse(field.getName(), field.getType(), at);
        hidden.refuseType(field.getDeclaringClass(), at);
    }

    Typed field(Typed target, String name, int at) {
        Class<?> type = target.type();
        if (target.isPrimitive() || type == Typed.NullType.class) {
            throw code.error(at, Types.name(type) + " has no fields");
        }
        Field field = Fields.isJdk(type) ? null : declared(type, name, at);
        if (field == null && Receivers.isWide(type)) {
            hidden.refuse(name, Object.class, at);
            return receivers.field(target, name);
        }
        if (Fields.isJdk(type)) {
            throw code.error(at, jdkRemedy(type, name));
        }
        if (field == null) {
            throw code.error(at, Types.name(type) + " has no field '" + name + "'" + fieldRemedy(type, name));
        }
        boolean isStatic = Modifier.isStatic(field.getModifiers());
        hidden.refuseType(type, at);
        if (!isStatic) {
            refuseHidden(field, at);
        }
        return isStatic ? staticField(field.getDeclaringClass(), name, at) : read(target, field, at);
    }

    /** A subclass may have the field; a misspelt name is the likelier case, so that is said first. */
    private static String fieldRemedy(Class<?> type, String name) {
        String offer = Typer.offer(name, Fields.names(type));
        boolean settled = Modifier.isFinal(type.getModifiers()) || type.isArray() || offer.contains("did you mean");
        return settled ? offer : offer + "; for a subclass's field cast to it: ((some.Class) x)." + name;
    }

    private static String jdkRemedy(Class<?> type, String name) {
        String what = "fields of JDK classes are not read: " + Types.name(type) + "." + name;
        if (type.isInterface()) {
            return what + "; cast to the class that has it: ((some.Class) x)." + name;
        }
        var calls = JdkCalls.names(type);
        return calls.isEmpty() ? what : what + "; what may be called on it: " + String.join(", ", calls);
    }

    private Field declared(Class<?> type, String name, int at) {
        if (type.isArray() || type.isPrimitive() || (Fields.isJdk(type) && !isConstantHolder(type))) {
            return null;
        }
        try {
            return Fields.find(type, name);
        } catch (LinkageError e) {
            throw code.error(at, "the fields of " + Types.name(type) + " can't be listed: " + e);
        }
    }

    /** JDK classes with public constants that conditions compare with. */
    private static boolean isConstantHolder(Class<?> type) {
        return Enum.class.isAssignableFrom(type) || Number.class.isAssignableFrom(type) || type == Math.class;
    }

    private Typed read(Typed owner, Field field, int at) {
        try {
            if (!Modifier.isStatic(field.getModifiers())) {
                return new Typed.FieldRead(owner, fields.getter(field), field.getType());
            }
            return isSurelyInitialized(field.getDeclaringClass())
                    ? new Typed.FieldRead(null, fields.getter(field), field.getType())
                    : new Typed.FieldRead(null, fields.guardedGetter(field), Types.boxed(field.getType()));
        } catch (IllegalAccessException | RuntimeException e) {
            throw asError(field, at, e);
        }
    }

    /** Code of a class runs only once its own and its superclasses' initialisers have been started. */
    private boolean isSurelyInitialized(Class<?> type) {
        boolean family = !type.isInterface() && type.isAssignableFrom(scope.declaring());
        return type == scope.declaring() || family || Fields.isJdk(type);
    }

    private ExpressionException asError(Field field, int at, Exception cause) {
        ExpressionException error =
                code.error(at, "the JVM does not let '" + field.getName() + "' be read: " + cause.getMessage());
        error.initCause(cause);
        return error;
    }
}
