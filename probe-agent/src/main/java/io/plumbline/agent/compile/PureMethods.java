package io.plumbline.agent.compile;

import io.plumbline.agent.compile.MethodLookup.Found;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;

/**
 * Methods of the application that are proven to change nothing, by their bytecode ({@link MethodStudy}), as code of our
 * own that computes the same ({@link PureTranslator}). The method itself is never run, so a wrong class file, another
 * agent's additions or a probe inside the method can do no harm: whatever happens, there are only reads.
 *
 * <p>What was found out is kept with each class. Called by the control thread when a probe is armed and by application
 * threads when a call is linked.
 */
final class PureMethods {
    /** The steps that one call from an expression may take, shared out among the calls that it makes. */
    static final int FUEL = 16_384;

    private static final int MAX_HEIGHT = 16;

    private final Fields fields;
    private final ClassValue<Map<String, Object>> known = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    PureMethods(Fields fields) {
        this.fields = fields;
    }

    /**
     * A method as code of our own.
     *
     * @param handle takes receiver (unless static), arguments and fuel, with references as Object
     * @param cost steps at most, with those of the methods that it surely calls
     * @param height how deep its calls go
     */
    record Pure(MethodHandle handle, int cost, int height) {}

    /** What is being looked into: the class files that were read, and the way here, to see a method that calls itself. */
    static final class Study {
        private final ClassFiles files = new ClassFiles();
        final MethodLookup lookup = new MethodLookup(files);
        final List<String> open = new ArrayList<>();

        ClassNode file(Class<?> type) throws ImpureException {
            return files.of(type);
        }
    }

    /** The type of a method's code: receiver, arguments, fuel. */
    static MethodType type(Found found) {
        List<Class<?>> parameters = new ArrayList<>();
        if (!found.has(Opcodes.ACC_STATIC)) {
            parameters.add(Object.class);
        }
        for (Type argument : Type.getArgumentTypes(found.code().desc)) {
            parameters.add(erased(argument));
        }
        parameters.add(int.class);
        return MethodType.methodType(erased(Type.getReturnType(found.code().desc)), parameters);
    }

    private static Class<?> erased(Type type) {
        Class<?> primitive = type.getSort() == Type.VOID ? void.class : Types.primitive(type.getClassName());
        return primitive == null ? Object.class : primitive;
    }

    /**
     * The call of a method: its own code where no other class can have another, else what the receiver's class decides.
     *
     * @throws ImpureException when the method that is named here changes something, or it can't be told
     */
    Pure call(Found found, Study study) throws ImpureException {
        Pure own = found.has(Opcodes.ACC_ABSTRACT) ? null : of(found, study);
        if (own != null && found.isSettled()) {
            return own;
        }
        Dispatch.Resolver resolver = receiver -> chosen(receiver, found);
        MethodHandle dispatched = new Dispatch(type(found), found.owner().getClassLoader(), resolver).dynamicInvoker();
        return new Pure(dispatched, own == null ? 1 : own.cost(), own == null ? 1 : own.height());
    }

    private MethodHandle chosen(Class<?> receiver, Found base) throws ImpureException {
        Study study = new Study();
        Found found = study.lookup.chosen(receiver, base);
        if (found == null || found.has(Opcodes.ACC_ABSTRACT)) {
            throw new ImpureException(shown(receiver, base.code().name) + " has no code");
        }
        if (found.code() == null) {
            throw new ImpureException(shown(receiver, base.code().name) + " is the JDK's");
        }
        return of(found, study).handle();
    }

    /**
     * The code of a method with code.
     *
     * @throws ImpureException with a sentence
     */
    Pure of(Found found, Study study) throws ImpureException {
        String key = found.code().name + found.code().desc;
        Map<String, Object> there = known.get(found.owner());
        Object result = there.get(key);
        if (result == null) {
            result = studied(found, study);
            there.put(key, result);
        }
        if (result instanceof Pure pure) {
            return pure;
        }
        throw new ImpureException((String) result);
    }

    /** The method's code, or why there is none. */
    private Object studied(Found found, Study study) {
        String name = shown(found.owner(), found.code().name);
        String id = found.owner().getName() + "@" + System.identityHashCode(found.owner()) + name + found.code().desc;
        if (study.open.contains(id)) {
            return name + " calls itself";
        }
        if (study.open.size() >= MAX_HEIGHT) {
            return name + " is " + MAX_HEIGHT + " calls deep";
        }
        study.open.add(id);
        try {
            return new MethodStudy(this, fields, study, found).study();
        } catch (ImpureException e) {
            return name + " " + e.getMessage();
        } finally {
            study.open.remove(study.open.size() - 1);
        }
    }

    /** A method as messages name it: {@code Order.total()}. */
    static String shown(Class<?> owner, String method) {
        return simpleName(owner) + "." + method + "()";
    }

    static String simpleName(Class<?> type) {
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }

    /** The code with the whole fuel for one call. */
    static MethodHandle fuelled(MethodHandle handle) {
        return MethodHandles.insertArguments(handle, handle.type().parameterCount() - 1, FUEL);
    }

    /** Called by translated code that has used up its steps. */
    static void over() {
        throw new IllegalStateException("the called method takes more than " + FUEL + " steps");
    }
}
