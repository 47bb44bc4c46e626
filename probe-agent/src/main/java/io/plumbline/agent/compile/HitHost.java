package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Bridge;
import io.plumbline.agent.bridge.Lane;
import java.lang.invoke.MethodHandles;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/** Where the code of hits is defined: in the package and loader of the bridge, as hidden classes that nothing holds. */
final class HitHost {
    /** Internal name of the generated classes. */
    static final String NAME = Bridge.class.getPackageName().replace('.', '/') + "/PlumblineHit";

    private static final String LANE = Type.getMethodDescriptor(Type.VOID_TYPE, Type.getType(Lane.class));

    /**
     * Methods of the generated classes that call the lane's of the same name, which takes its time. The JIT would make it a part of the
     * program's method otherwise, and that so large that it is no part of its own callers any more: a hit's first calls are all slow
     * ones, so they look frequent.
     */
    static final Method BEGIN = new Method("begin", LANE);

    static final Method SETTLE = new Method("settle", LANE);

    private HitHost() {}

    /** Calls a static method of the generated class. */
    static void call(GeneratorAdapter code, Method method) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, method.getName(), method.getDescriptor(), false);
    }

    /**
     * A lookup with full power over the bridge.
     *
     * @throws IllegalAccessException when the JVM does not hand it out
     */
    static MethodHandles.Lookup lookup() throws IllegalAccessException {
        try {
            var lookup = Bridge.class.getDeclaredMethod("lookup");
            lookup.setAccessible(true);
            return (MethodHandles.Lookup) lookup.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw (IllegalAccessException) new IllegalAccessException("the bridge gives no lookup: " + e).initCause(e);
        }
    }
}
