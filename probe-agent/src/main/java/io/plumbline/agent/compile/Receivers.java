package io.plumbline.agent.compile;

import io.plumbline.agent.compile.MethodLookup.Found;
import io.plumbline.agent.compile.PureMethods.Study;
import io.plumbline.config.expression.Code;
import io.plumbline.config.expression.Expression;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Members of the application's classes that the receiver's real class decides on: calls of methods that change nothing,
 * and fields and methods that the static type does not have. Where the real class has none, the expression is null and
 * the reason is told once.
 */
final class Receivers {
    private final Fields fields;
    private final PureMethods methods;
    private final Consumer<RuntimeException> told;
    private final ClassLoader home;

    /**
     * @param told hears why a class that came by can't be read
     * @param home the probed class, whose loader decides which classes get a test of their own
     */
    Receivers(Fields fields, PureMethods methods, Consumer<RuntimeException> told, Class<?> home) {
        this.fields = fields;
        this.methods = methods;
        this.told = told;
        this.home = home.getClassLoader();
    }

    /** Whether objects of a static type are of classes that are not known before: of interfaces, abstract classes, Object. */
    static boolean isWide(Class<?> type) {
        boolean bare = type == Object.class || type.isInterface() || Modifier.isAbstract(type.getModifiers());
        return bare && !type.isPrimitive() && !type.isArray() && !JdkCalls.isContainer(type);
    }

    /** A field that the static type does not have. */
    Typed field(Typed target, String name) {
        return dynamic(List.of(target), receiver -> getter(receiver, name));
    }

    private Typed dynamic(List<Typed> all, Dispatch.Resolver resolver) {
        List<Class<?>> parameters = new ArrayList<>();
        all.forEach(one -> parameters.add(Types.erased(one.type())));
        Dispatch dispatch = new Dispatch(MethodType.methodType(Object.class, parameters), home, resolver);
        return new Typed.Received(dispatch.dynamicInvoker(), Boundary.handle(told), all, Object.class);
    }

    private void refuseHidden(Class<?> receiver) throws ImpureException {
        if (fields.redaction().hidesType(receiver)) {
            throw new ImpureException("objects of " + Types.name(receiver) + " are hidden by redaction");
        }
    }

    private MethodHandle getter(Class<?> receiver, String name) throws ImpureException {
        refuseHidden(receiver);
        if (receiver.isArray() && name.equals("length")) {
            return Dynamics.length();
        }
        if (Fields.isJdk(receiver)) {
            throw new ImpureException("fields of JDK classes are not read: " + Types.name(receiver) + "." + name);
        }
        Field field = Fields.find(receiver, name);
        if (field == null) {
            String offer = Typer.offer(name, Fields.names(receiver));
            throw new ImpureException(Types.name(receiver) + " has no field '" + name + "'" + offer);
        }
        if (fields.redaction().hides(name, field.getType())) {
            throw new ImpureException("'" + name + "' of " + Types.name(receiver) + " is hidden by redaction");
        }
        try {
            return Modifier.isStatic(field.getModifiers())
                    ? MethodHandles.dropArguments(fields.guardedGetter(field), 0, Object.class)
                    : fields.getter(field);
        } catch (IllegalAccessException e) {
            throw new ImpureException("the JVM does not let '" + name + "' be read: " + e.getMessage());
        }
    }

    /** A method of a static type that is the application's, or that the receiver's class may have. */
    Typed call(Code code, Typed target, Expression.Call call, List<Typed> arguments) {
        refuseHidden(code, call);
        Class<?> type = target.type();
        Study study = new Study();
        try {
            Found found = chosen(type, call.name(), types(arguments), study);
            if (found == null && isWide(type)) {
                return dynamic(call, target, arguments);
            }
            if (found != null) {
                return typed(methods.call(found, study).handle(), found, target, arguments);
            }
        } catch (ImpureException e) {
            throw code.error(call.at(), "not called: " + e.getMessage() + CallTyper.fieldRemedy(type, call.name()));
        } catch (LinkageError e) {
            throw code.error(call.at(), "the methods of " + Types.name(type) + " can't be listed: " + e);
        }
        throw code.error(call.at(), unknown(type, call, arguments) + CallTyper.fieldRemedy(type, call.name()));
    }

    /** A static method of a class of the application, which is not initialised by it. */
    Typed staticCall(Code code, Class<?> type, Expression.Call call, List<Typed> arguments) {
        refuseHidden(code, call);
        Study study = new Study();
        try {
            Found found = chosen(type, call.name(), types(arguments), study);
            if (found != null && found.has(Opcodes.ACC_STATIC)) {
                return typed(methods.call(found, study).handle(), found, null, arguments);
            }
        } catch (ImpureException e) {
            throw code.error(call.at(), "not called: " + e.getMessage());
        } catch (LinkageError e) {
            throw code.error(call.at(), "the methods of " + Types.name(type) + " can't be listed: " + e);
        }
        throw code.error(call.at(), "static " + unknown(type, call, arguments));
    }

    private void refuseHidden(Code code, Expression.Call call) {
        new Hidden(code, fields.redaction()).refuseName(call.name(), call.at());
    }

    private static String unknown(Class<?> type, Expression.Call call, List<Typed> arguments) {
        List<String> names =
                arguments.stream().map(argument -> Types.name(argument.type())).toList();
        return Types.name(type) + " has no method " + call.name() + "(" + String.join(", ", names) + ")";
    }

    /** The method that takes arguments of the types with the least widening; null if there is none. */
    private static Found chosen(Class<?> type, String name, Class<?>[] arguments, Study study) throws ImpureException {
        if (type.isArray() || type.isPrimitive()) {
            return null;
        }
        Found best = null;
        for (Found found : study.lookup.named(type, name, arguments.length)) {
            boolean closer = best == null || JdkCalls.closer(parameters(found), parameters(best));
            best = fits(parameters(found), arguments) && closer ? found : best;
        }
        return best;
    }

    private static Class<?>[] parameters(Found found) {
        ClassNames names = new ClassNames(found.owner());
        Type[] types = Type.getArgumentTypes(found.code().desc);
        Class<?>[] classes = new Class<?>[types.length];
        for (int i = 0; i < types.length; i++) {
            classes[i] = names.ofDescriptor(types[i].getDescriptor());
        }
        return classes;
    }

    private static boolean fits(Class<?>[] parameters, Class<?>[] arguments) {
        for (int i = 0; i < parameters.length; i++) {
            boolean fits = parameters[i].isPrimitive()
                    ? Types.widens(Types.unboxed(arguments[i]), parameters[i])
                    : !arguments[i].isPrimitive() && parameters[i].isAssignableFrom(arguments[i]);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static Class<?>[] types(List<Typed> arguments) {
        return arguments.stream().map(Typed::type).toArray(Class<?>[]::new);
    }

    private Typed typed(MethodHandle code, Found found, Typed target, List<Typed> arguments) {
        List<Typed> all = new ArrayList<>();
        if (!found.has(Opcodes.ACC_STATIC)) {
            all.add(target);
        }
        Class<?>[] parameters = parameters(found);
        for (int i = 0; i < parameters.length; i++) {
            Typed argument = arguments.get(i);
            all.add(parameters[i].isPrimitive() ? Operators.convert(argument, parameters[i]) : argument);
        }
        String result = Type.getReturnType(found.code().desc).getDescriptor();
        Class<?> type = new ClassNames(found.owner()).ofDescriptor(result);
        return new Typed.Received(PureMethods.fuelled(code), Boundary.handle(told), all, type);
    }

    private Typed dynamic(Expression.Call call, Typed target, List<Typed> arguments) {
        List<Typed> all = new ArrayList<>(List.of(target));
        all.addAll(arguments);
        Class<?>[] types = types(arguments);
        return dynamic(all, receiver -> method(receiver, call.name(), types));
    }

    private MethodHandle method(Class<?> receiver, String name, Class<?>[] arguments) throws ImpureException {
        if (!name.equals("getClass")) {
            refuseHidden(receiver);
        }
        Method listed = JdkCalls.isContainer(receiver)
                ? JdkCalls.container(receiver, name, arguments)
                : JdkCalls.find(receiver, false, name, arguments);
        if (listed != null) {
            MethodHandle handle = JdkCalls.handle(listed);
            boolean hides = listed.getName().equals("get")
                    && handle.type().lastParameterType() == Object.class
                    && handle.type().parameterCount() == 2;
            return hides ? MethodHandles.filterArguments(handle, 1, BytecodeCalls.readableKey(fields)) : handle;
        }
        String shown = PureMethods.shown(receiver, name);
        if (Fields.isJdk(receiver)) {
            throw new ImpureException(shown + " is not among the calls that are known to change nothing");
        }
        Study study = new Study();
        Found found = chosen(receiver, name, arguments, study);
        if (found == null) {
            throw new ImpureException(Types.name(receiver) + " has no method " + name + "() that takes the arguments");
        }
        MethodHandle handle = PureMethods.fuelled(methods.of(found, study).handle());
        return found.has(Opcodes.ACC_STATIC) ? MethodHandles.dropArguments(handle, 0, Object.class) : handle;
    }
}
