package io.plumbline.agent.compile;

import io.plumbline.agent.compile.Typed.Argument;
import io.plumbline.agent.compile.Typed.Arithmetic;
import io.plumbline.agent.compile.Typed.Call;
import io.plumbline.agent.compile.Typed.Constant;
import io.plumbline.config.expression.BinaryOperator;
import io.plumbline.config.expression.Code;
import io.plumbline.config.expression.Expression;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code $name} stands for: {@code $exception} and {@code $return} are handed over by the site, {@code $duration} is
 * the time since the start that the site hands over, in milliseconds; the rest is the same everywhere.
 */
final class Specials {
    private static final String START = "$start";
    private static final double NANOS_PER_MILLI = 1e6;

    private final Code code;
    private final Scope scope;
    private final ClassNames classes;

    Specials(Code code, Scope scope, ClassNames classes) {
        this.code = code;
        this.scope = scope;
        this.classes = classes;
    }

    Typed type(Expression.Special special) {
        Scope.Binding handedOver = scope.variable("$" + special.name());
        if (handedOver != null && !handedOver.name().equals(START)) {
            return new Argument(handedOver.slot(), classes.ofDescriptor(handedOver.descriptor()));
        }
        Scope.Binding start = scope.variable(START);
        if (special.name().equals("duration") && start != null) {
            return duration(start);
        }
        MethodHandle handle = scope.specials().get(special.name());
        if (handle == null) {
            throw code.error(special.at(), missing(special.name(), start != null));
        }
        return new Call(handle, List.of(), String.class);
    }

    private static Typed duration(Scope.Binding start) {
        Typed nanos = new Arithmetic(
                BinaryOperator.MINUS,
                new Call(clock(), List.of(), long.class),
                new Argument(start.slot(), long.class),
                long.class);
        return new Arithmetic(
                BinaryOperator.DIVIDE,
                Operators.convert(nanos, double.class),
                new Constant(NANOS_PER_MILLI, double.class),
                double.class);
    }

    private static MethodHandle clock() {
        try {
            return MethodHandles.publicLookup().findStatic(System.class, "nanoTime", MethodType.methodType(long.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private String missing(String name, boolean timed) {
        Set<String> there = new TreeSet<>(scope.specials().keySet());
        for (Scope.Binding binding : scope.variables()) {
            if (binding.name().startsWith("$") && !binding.name().equals(START)) {
                there.add(binding.name().substring(1));
            }
        }
        if (timed) {
            there.add("duration");
        }
        return "there is no $" + name + " here" + remedy(name) + "; there are $" + String.join(", $", there);
    }

    private static String remedy(String name) {
        return switch (name) {
            case "exception" -> ", but in a catch block and at :catch, :throw and :exception";
            case "return" -> ", but at a method's :exit, where it returns a value";
            case "duration" -> ", but at a method's :exit and :exception";
            default -> "";
        };
    }
}
