package io.plumbline.agent.weave;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;

/**
 * Defines classes in any loader without asking it. Only the JDK's internal Unsafe can; the agent opens it to itself. The
 * JVM looks among the classes that a loader has defined before it asks the loader, so a class defined here is found by
 * its name from every class of that loader, whatever the loader lets them see. Thread-safe.
 */
final class Definer {
    private static final MethodType DEFINE_CLASS = MethodType.methodType(
            Class.class, String.class, byte[].class, int.class, int.class, ClassLoader.class, ProtectionDomain.class);

    private final Instrumentation instrumentation;

    /** Made on first use, on any thread. */
    private volatile MethodHandle defineClass;

    Definer(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /**
     * Defines a class in a loader's unnamed module.
     *
     * @param loader null for the bootstrap loader
     * @throws LinkageError when the loader has a class of that name already
     * @throws UnlinkableException when this JVM does not let it be done
     */
    Class<?> define(ClassLoader loader, String internalName, byte[] bytes) {
        try {
            return (Class<?>)
                    handle().invokeExact(internalName, bytes, 0, bytes.length, loader, (ProtectionDomain) null);
        } catch (LinkageError | UnlinkableException e) {
            throw e;
        } catch (Throwable t) {
            throw new UnlinkableException("this JVM does not let the agent define a class in a loader", t);
        }
    }

    private MethodHandle handle() throws ReflectiveOperationException {
        MethodHandle known = defineClass;
        if (known == null) {
            known = find();
            defineClass = known;
        }
        return known;
    }

    private MethodHandle find() throws ReflectiveOperationException {
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of("jdk.internal.misc", Set.of(Definer.class.getModule())),
                Map.of(),
                Set.of(),
                Map.of());
        Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
        Object instance = unsafe.getMethod("getUnsafe").invoke(null);
        return MethodHandles.lookup()
                .findVirtual(unsafe, "defineClass", DEFINE_CLASS)
                .bindTo(instance);
    }

    /** Lets a named module see a class that was defined in its loader's unnamed one. */
    void letRead(Module module, Class<?> defined) {
        if (module.isNamed() && !module.canRead(defined.getModule())) {
            instrumentation.redefineModule(module, Set.of(defined.getModule()), Map.of(), Map.of(), Set.of(), Map.of());
        }
    }
}
