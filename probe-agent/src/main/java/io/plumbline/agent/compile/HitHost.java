package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Bridge;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;

/** Where the code of hits is defined: in the package and loader of the bridge, as hidden classes that nothing holds. */
final class HitHost {
    /** Internal name of the generated classes. */
    static final String NAME = Bridge.class.getPackageName().replace('.', '/') + "/PlumblineHit";

    private HitHost() {}

    /**
     * A lookup with full power over the bridge.
     *
     * @throws IllegalAccessException when the JVM does not hand it out
     */
    static MethodHandles.Lookup lookup() throws IllegalAccessException {
        try {
            Method lookup = Bridge.class.getDeclaredMethod("lookup");
            lookup.setAccessible(true);
            return (MethodHandles.Lookup) lookup.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw (IllegalAccessException) new IllegalAccessException("the bridge gives no lookup: " + e).initCause(e);
        }
    }
}
