package io.plumbline.agent.compile;

import io.plumbline.agent.compile.Typed.Argument;
import io.plumbline.agent.compile.Typed.Constant;
import io.plumbline.agent.compile.Typed.ElementRead;
import io.plumbline.agent.compile.Typed.NullType;
import io.plumbline.config.expression.Code;
import io.plumbline.config.expression.Expression;
import io.plumbline.config.expression.ExpressionException;
import io.plumbline.config.text.Nearest;
import java.lang.reflect.Modifier;
import java.util.List;

/**
 * Resolves the names of an expression against a site and checks its types. Every error names the column and says what
 * there is instead. Names are members' business ({@link Names}), operators {@link Operators}'.
 */
final class Typer {
    private final Code code;
    private final Scope scope;
    private final ClassNames classes;
    private final Names names;
    private final Operators operators;
    private final Hidden hidden;
    private final CallTyper calls;

    private Typer(Code code, Scope scope, Fields fields, Receivers receivers) {
        this.code = code;
        this.scope = scope;
        this.hidden = new Hidden(code, fields.redaction());
        this.calls = new CallTyper(code, fields, receivers);
        this.classes = new ClassNames(scope.declaring());
        this.names = new Names(code, scope, classes, fields, receivers);
        this.operators = new Operators(code, this::type);
    }

    /**
     * An expression of a probe.
     *
     * @param where it stands, as errors call it
     * @throws RejectedException when it can't be evaluated here
     */
    static Typed typed(Code code, String where, Scope scope, Fields fields, Receivers receivers)
            throws RejectedException {
        try {
            return new Typer(code, scope, fields, receivers).type(code.expression());
        } catch (ExpressionException e) {
            throw new RejectedException("in " + where + ", " + e.getMessage(), e);
        }
    }

    private Typed type(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return literal(literal);
        }
        if (expression instanceof Expression.Name name) {
            return names.name(name);
        }
        if (expression instanceof Expression.Special special) {
            return special(special);
        }
        if (expression instanceof Expression.Member member) {
            return member(member);
        }
        if (expression instanceof Expression.Element element) {
            return element(element);
        }
        if (expression instanceof Expression.Call call) {
            return call(call);
        }
        return operator(expression);
    }

    private Typed operator(Expression expression) {
        if (expression instanceof Expression.Cast cast) {
            return cast(cast);
        }
        if (expression instanceof Expression.InstanceOf test) {
            Typed operand = type(test.operand());
            Class<?> of = namedType(test.type(), test.at());
            if (operand.isPrimitive() || of.isPrimitive()) {
                throw code.error(
                        test.at(), "instanceof is for objects; the left side is " + Types.name(operand.type()));
            }
            return new Typed.IsInstance(operand, of);
        }
        Typed typed = operators.type(expression);
        return typed instanceof Typed.Concat concat ? hidden.guarded(concat) : typed;
    }

    private static Typed literal(Expression.Literal literal) {
        Object value = literal.value();
        if (value == null) {
            return new Constant(null, NullType.class);
        }
        return new Constant(value, value instanceof String ? String.class : Types.unboxed(value.getClass()));
    }

    /** What a method returns is as secret as a field of the method's name. */
    private Typed special(Expression.Special special) {
        Typed typed = new Specials(code, scope, classes).type(special);
        if (special.name().equals("return")) {
            hidden.refuse(scope.method(), typed.type(), special.at());
        } else if (special.name().equals("exception")) {
            hidden.refuse(special.name(), typed.type(), special.at());
        }
        return typed;
    }

    private Typed member(Expression.Member member) {
        Class<?> type = names.asClass(member.target());
        if (type != null) {
            return names.staticField(type, member.name(), member.at());
        }
        Class<?> whole = names.asClass(member);
        if (whole != null) {
            throw code.error(member.at(), Types.name(whole) + " is a class; name one of its static fields");
        }
        Typed target = type(member.target());
        if (target.type().isArray() && member.name().equals("length")) {
            return new Typed.Length(target);
        }
        return names.field(target, member.name(), member.at());
    }

    private Typed element(Expression.Element element) {
        Typed array = type(element.target());
        if (!array.type().isArray() && array.type() != Object.class) {
            String remedy = JdkCalls.isContainer(array.type()) ? "; use .get(…)" : "";
            throw code.error(element.at(), "[ ] is for arrays; this is " + Types.name(array.type()) + remedy);
        }
        Typed index = type(element.index());
        if (!Types.isWhole(index.type()) || Types.unboxed(index.type()) == long.class) {
            throw code.error(element.at(), "an index must be an int; this is " + Types.name(index.type()));
        }
        Typed place = Operators.convert(index, int.class);
        return array.type().isArray()
                ? new ElementRead(array, place, array.type().getComponentType())
                : Dynamics.elementOf(array, place);
    }

    private Typed call(Expression.Call call) {
        List<Typed> arguments = call.arguments().stream().map(this::type).toList();
        if (call.target() instanceof Expression.Special special
                && special.name().equals(Specials.MDC)) {
            return new Specials(code, scope, classes).mdc(call, arguments, hidden);
        }
        Class<?> staticOf = isThis(call.target()) && scope.variable("this") == null
                ? scope.declaring()
                : names.asClass(call.target());
        return staticOf != null
                ? calls.ofClass(staticOf, call, arguments)
                : calls.ofObject(type(call.target()), call, arguments);
    }

    private static boolean isThis(Expression expression) {
        return expression instanceof Expression.Name name && name.name().equals("this");
    }

    private Typed cast(Expression.Cast cast) {
        Typed operand = type(cast.operand());
        Class<?> type = namedType(cast.type(), cast.at());
        if (!type.isPrimitive()) {
            if (operand.isPrimitive()) {
                throw code.error(cast.at(), Types.name(operand.type()) + " can't be cast to " + Types.name(type));
            }
            checkPossible(operand.type(), type, cast.at());
            hidden.refuseType(type, cast.at());
            return new Typed.Cast(operand, type);
        }
        boolean same = type == boolean.class ? Types.isBoolean(operand.type()) : Types.isNumeric(operand.type());
        boolean open = type == boolean.class ? Types.mayHoldTruth(operand.type()) : Types.mayHoldNumber(operand.type());
        if (!same && !open) {
            throw code.error(cast.at(), Types.name(operand.type()) + " can't be cast to " + Types.name(type));
        }
        return Operators.convert(operand, type);
    }

    private void checkPossible(Class<?> from, Class<?> to, int at) {
        boolean related = from.isAssignableFrom(to) || to.isAssignableFrom(from) || from == NullType.class;
        boolean open = (from.isInterface() && !Modifier.isFinal(to.getModifiers()))
                || (to.isInterface() && !Modifier.isFinal(from.getModifiers()));
        if (!related && !open) {
            throw code.error(at, Types.name(from) + " can never be " + Types.name(to));
        }
    }

    private Class<?> namedType(String name, int at) {
        Class<?> type = classes.named(name);
        if (type == null) {
            throw code.error(
                    at,
                    "no class " + name + " is known to " + scope.declaring().getName()
                            + "; write its full name, as in shop.Order");
        }
        return type;
    }

    /** A sentence's end that offers the nearest name, or all. */
    static String offer(String wrong, List<String> there) {
        return Nearest.to(wrong, there)
                .map(near -> "; did you mean '" + near + "'?")
                .orElseGet(() -> there.isEmpty() ? "" : "; there are " + String.join(", ", there));
    }

    /** An argument of the site as an expression. */
    static Argument argument(Scope.Binding binding, ClassNames classes) {
        return new Argument(binding.slot(), classes.ofDescriptor(binding.descriptor()));
    }
}
