package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Calls;
import io.plumbline.config.expression.Code;
import io.plumbline.config.expression.Expression;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Resolves calls to the pure methods of the JDK; any other call is refused with what to write instead. */
final class CallTyper {
    private final Code code;
    private final Fields fields;
    private final Hidden hidden;
    private final Receivers receivers;

    CallTyper(Code code, Fields fields, Receivers receivers) {
        this.code = code;
        this.fields = fields;
        this.hidden = new Hidden(code, fields.redaction());
        this.receivers = receivers;
    }

    Typed ofClass(Class<?> type, Expression.Call call, List<Typed> arguments) {
        Method method = JdkCalls.find(type, true, call.name(), types(arguments));
        if (method == null && !Fields.isJdk(type)) {
            return receivers.staticCall(code, type, call, arguments);
        }
        if (method == null) {
            throw code.error(call.at(), refusal(type, call, arguments));
        }
        return typed(method, JdkCalls.handle(method), method.getParameterTypes(), arguments);
    }

    Typed ofObject(Typed target, Expression.Call call, List<Typed> arguments) {
        Class<?> type = target.type();
        if (isPattern(type, call, arguments)) {
            return pattern(target, call, arguments.get(0));
        }
        if (JdkCalls.isContainer(type)) {
            return ofContainer(target, call, arguments);
        }
        Method method = target.isPrimitive() ? null : JdkCalls.find(type, false, call.name(), types(arguments));
        if (method == null && mayBeApplications(type)) {
            refuseHiddenKey(call, arguments);
            return receivers.call(code, target, call, arguments);
        }
        if (method == null) {
            hidden.refuseType(type, call.at());
            if (!Fields.isJdk(type)) {
                hidden.refuseName(call.name(), call.at());
            }
            throw code.error(call.at(), refusal(type, call, arguments));
        }
        List<Typed> all = new ArrayList<>();
        all.add(JdkCalls.isOpen(method) ? checked(target) : target);
        all.addAll(arguments);
        List<Class<?>> parameters = new ArrayList<>(List.of((Class<?>) Object.class));
        parameters.addAll(List.of(method.getParameterTypes()));
        return typed(method, JdkCalls.handle(method), parameters.toArray(new Class<?>[0]), all);
    }

    private Typed ofContainer(Typed target, Expression.Call call, List<Typed> arguments) {
        List<Typed> keys =
                call.name().equals("get") ? arguments.stream().map(this::key).toList() : arguments;
        Method stand = JdkCalls.container(target.type(), call.name(), types(keys));
        if (stand == null) {
            throw code.error(call.at(), refusal(target.type(), call, arguments));
        }
        refuseHiddenKey(call, arguments);
        List<Typed> all = new ArrayList<>();
        all.add(target);
        all.addAll(keys);
        MethodHandle handle = isKeyed(stand) ? hidden.guardedGet() : JdkCalls.handle(stand);
        return typed(stand, handle, stand.getParameterTypes(), all);
    }

    private static boolean isKeyed(Method stand) {
        return stand.getName().equals("get") && stand.getParameterTypes()[1] == Object.class;
    }

    /** A key that only the hit knows becomes null where it is hidden, or where its class could be the application's. */
    private Typed key(Typed argument) {
        boolean open = Types.mayHoldNumber(argument.type());
        boolean text = argument.type() == String.class && !(argument instanceof Typed.Constant);
        return open || text
                ? new Typed.Call(BytecodeCalls.readableKey(fields), List.of(argument), String.class)
                : argument;
    }

    private static boolean mayBeApplications(Class<?> type) {
        return !type.isPrimitive() && !type.isArray() && (!Fields.isJdk(type) || Receivers.isWide(type));
    }

    private static boolean isPattern(Class<?> type, Expression.Call call, List<Typed> arguments) {
        boolean text = type == String.class || type == CharSequence.class || type == Object.class;
        return text
                && BoundedRegex.NAMES.contains(call.name())
                && arguments.size() == 1
                && arguments.get(0).type() == String.class;
    }

    private Typed pattern(Typed target, Expression.Call call, Typed pattern) {
        if (!(pattern instanceof Typed.Constant constant)) {
            throw code.error(call.at(), "the pattern of " + call.name() + " must be a constant text");
        }
        try {
            BoundedRegex regex =
                    BoundedRegex.of((String) constant.value(), call.name().equals("matches"));
            return new Typed.Call(regex.test(), List.of(target), Boolean.class);
        } catch (IllegalArgumentException e) {
            throw code.error(call.at(), e.getMessage());
        }
    }

    /** {@code map.get("password")} is as secret as a field of that name. */
    private void refuseHiddenKey(Expression.Call call, List<Typed> arguments) {
        if (call.name().equals("get")
                && arguments.size() == 1
                && arguments.get(0) instanceof Typed.Constant constant
                && constant.value() instanceof String key) {
            hidden.refuseName(key, call.at());
        }
    }

    private static Typed checked(Typed target) {
        try {
            Method check = Calls.class.getMethod("jdkOrNull", Object.class);
            return new Typed.Call(JdkCalls.handle(check), List.of(target), target.type());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Typed typed(Method method, MethodHandle handle, Class<?>[] parameters, List<Typed> arguments) {
        List<Typed> converted = new ArrayList<>();
        MethodType type = MethodType.methodType(Types.erased(method.getReturnType()));
        for (int i = 0; i < parameters.length; i++) {
            Typed argument = arguments.get(i);
            converted.add(parameters[i].isPrimitive() ? Operators.convert(argument, parameters[i]) : argument);
            type = type.appendParameterTypes(Types.erased(parameters[i]));
        }
        return new Typed.Call(handle.asType(type), converted, method.getReturnType());
    }

    private static Class<?>[] types(List<Typed> arguments) {
        return arguments.stream().map(Typed::type).toArray(Class<?>[]::new);
    }

    private String refusal(Class<?> type, Expression.Call call, List<Typed> arguments) {
        var allowed = JdkCalls.names(type);
        String name = Types.name(type) + "." + call.name();
        if (allowed.contains(call.name())) {
            return name + " does not take ("
                    + String.join(
                            ", ",
                            arguments.stream().map(a -> Types.name(a.type())).toList()) + ")";
        }
        if (!allowed.isEmpty()) {
            return name + " is not among the calls that are known to change nothing; those are "
                    + String.join(", ", allowed);
        }
        return Types.name(type) + " has no methods that are called";
    }

    /** {@code order.getTotal()} and {@code order.total()} have a field behind them more often than not. */
    static String fieldRemedy(Class<?> type, String method) {
        List<String> fields = Fields.names(type);
        String bare = method.replaceFirst("^(get|is)(?=[A-Z])", "");
        String field = bare.isEmpty() ? method : bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1);
        if (fields.contains(field)) {
            return "; read the field '" + field + "' instead";
        }
        return fields.isEmpty() ? "" : "; fields that can be read are " + String.join(", ", fields);
    }
}
