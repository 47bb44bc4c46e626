package io.plumbline.agent.compile;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Has the JDK make what it makes once for all calls with the same types: code for an {@code invokedynamic} and for each
 * {@code MethodHandle.invokeExact}. A class that is thrown away again calls nothing in each of these shapes, so that the thread of the
 * application that makes the first such call finds the JDK ready. Runs no code but the JDK's and its own. Thread-safe.
 */
final class CallShapes {
    private static final int MAX_REMEMBERED = 4_096;
    private static final String SELF = Type.getInternalName(CallShapes.class);
    private static final Type HANDLE = Type.getType(MethodHandle.class);
    private static final Method RUN =
            new Method("run", Type.VOID_TYPE, new Type[] {Type.getType(MethodHandle[].class)});
    private static final MethodType LINK = MethodType.methodType(
            CallSite.class, MethodHandles.Lookup.class, String.class, MethodType.class, int.class);

    /** Those that the JDK knows by now. */
    private final Set<MethodType> sites = ConcurrentHashMap.newKeySet();

    private final Set<MethodType> exact = ConcurrentHashMap.newKeySet();

    /**
     * Makes ready for a site and what its code calls.
     *
     * @param site what the site hands over; returns void
     * @param constants of the site's code, the handles among which it calls
     */
    void rehearse(MethodType site, Collection<Object> constants) {
        boolean isNew = isPlain(site) && sites.add(site);
        Set<MethodType> calls = new LinkedHashSet<>();
        for (Object constant : constants) {
            if (constant instanceof MethodHandle handle && isPlain(handle.type()) && exact.add(handle.type())) {
                calls.add(handle.type());
            }
        }
        if (isNew || !calls.isEmpty()) {
            run(isNew ? site : null, calls.toArray(new MethodType[0]));
        }
        if (sites.size() + exact.size() > MAX_REMEMBERED) {
            sites.clear();
            exact.clear();
        }
    }

    /** Whether the types can be named here. */
    private static boolean isPlain(MethodType type) {
        return isOfTheJdk(type.returnType()) && type.parameterList().stream().allMatch(CallShapes::isOfTheJdk);
    }

    private static boolean isOfTheJdk(Class<?> type) {
        return type.getClassLoader() == null && type.getModule() == Object.class.getModule();
    }

    private static void run(MethodType site, MethodType[] calls) {
        MethodHandle[] nothings = new MethodHandle[calls.length];
        for (int i = 0; i < calls.length; i++) {
            nothings[i] = MethodHandles.empty(calls[i]);
        }
        try {
            MethodHandles.Lookup made = Handles.lookup().defineHiddenClass(code(site, calls), true);
            made.findStatic(made.lookupClass(), RUN.getName(), MethodType.methodType(void.class, MethodHandle[].class))
                    .invoke(nothings);
        } catch (Throwable t) {
            // the calls work without it; they are only dearer the first time
        }
    }

    private static byte[] code(MethodType site, MethodType[] calls) {
        ClassWriter writer = new HitCompiler.FrameWriter();
        int access = Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC;
        writer.visit(Opcodes.V17, access, SELF + "Rehearsed", null, "java/lang/Object", null);
        GeneratorAdapter code = new GeneratorAdapter(Opcodes.ACC_STATIC, RUN, null, null, writer);
        if (site != null) {
            zeros(code, site); // a...
            code.invokeDynamic(
                    "hit",
                    site.toMethodDescriptorString(),
                    new Handle(Opcodes.H_INVOKESTATIC, SELF, "link", LINK.toMethodDescriptorString(), false),
                    0); //
        }
        for (int i = 0; i < calls.length; i++) {
            code.loadArg(0); // hs
            code.push(i); // hs i
            code.arrayLoad(HANDLE); // h
            zeros(code, calls[i]); // h a...
            String descriptor = calls[i].toMethodDescriptorString();
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL, HANDLE.getInternalName(), "invokeExact", descriptor, false); // v
            pop(code, calls[i].returnType()); //
        }
        code.returnValue();
        code.endMethod();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void zeros(GeneratorAdapter code, MethodType type) {
        for (Class<?> parameter : type.parameterList()) {
            if (parameter == long.class) {
                code.push(0L);
            } else if (parameter == double.class) {
                code.push(0d);
            } else if (parameter == float.class) {
                code.push(0f);
            } else if (parameter.isPrimitive()) {
                code.push(0);
            } else {
                code.push((String) null);
            }
        }
    }

    private static void pop(GeneratorAdapter code, Class<?> type) {
        if (type == long.class || type == double.class) {
            code.pop2();
        } else if (type != void.class) {
            code.pop();
        }
    }

    /** Links the made class's call as a site is linked, to nothing. */
    @SuppressWarnings("UnusedMethod") // by the made class
    static CallSite link(MethodHandles.Lookup caller, String name, MethodType type, int site) {
        return new MutableCallSite(MethodHandles.empty(type));
    }
}
