package io.plumbline.benchmarks.corpus;

import io.plumbline.agent.bridge.Bridge;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.Set;

/**
 * Links the calls in a woven class by the bridge, as the JVM does when a thread reaches one: the code of the probes is
 * made and defined. A stub that a class file too old for such calls has is initialised, and so verified, too.
 */
final class HitCode {
    private final Constructor<MethodHandles.Lookup> full;

    HitCode(Instrumentation instrumentation) throws ReflectiveOperationException {
        Module own = HitCode.class.getModule();
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.lang.invoke", Set.of(own)),
                Set.of(),
                Map.of());
        // what the JVM hands to a bootstrap method; a public lookup lacks the right to define a class beside the caller
        full = MethodHandles.Lookup.class.getDeclaredConstructor(Class.class);
        full.setAccessible(true);
    }

    /**
     * Links a call. Whether the probes' code was taken stands in their standing afterwards.
     *
     * @return false when the agent does not know the site, so that the call would lead nowhere
     */
    boolean link(Class<?> owner, WovenCalls.Call call) throws ReflectiveOperationException {
        MethodType type = MethodType.fromMethodDescriptorString(call.descriptor(), owner.getClassLoader());
        return !(linked(owner, call, type) instanceof ConstantCallSite);
    }

    private CallSite linked(Class<?> owner, WovenCalls.Call call, MethodType type) throws ReflectiveOperationException {
        if (call.stub().isEmpty()) {
            return Bridge.link(full.newInstance(owner), "hit", type, call.site());
        }
        Class<?> stub = Class.forName(call.stub(), true, owner.getClassLoader());
        return Bridge.linkStub(full.newInstance(stub), "hit", type, call.site(), owner.getName());
    }
}
