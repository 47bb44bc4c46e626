package io.plumbline.agent.weave;

import io.plumbline.agent.bridge.Bridge;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.agent.compile.RejectedException;
import io.plumbline.agent.compile.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;

/**
 * Weaves a class of the agent's own, which is not defined, and runs the code of a probe for it once. Done once at start, on the
 * agent's thread: it proves that weaving works on this JVM, and the first real probe and its first hit find all classes loaded.
 */
final class Rehearsal {
    private static final int NO_SITE = -1;

    private final HitCompiler compiler;
    private final Map<String, MethodHandle> specials;

    Rehearsal(HitCompiler compiler, Map<String, MethodHandle> specials) {
        this.compiler = compiler;
        this.specials = specials;
    }

    /**
     * @param armed with expressions on {@code quantity}, {@code total} and {@code name} of {@link Subject#price}
     * @throws IllegalStateException when weaving does not work here
     */
    void run(ArmedProbe armed) {
        String resource = Subject.class.getName().replace('.', '/') + ".class";
        try (InputStream in = Subject.class.getClassLoader().getResourceAsStream(resource)) {
            ClassWeaver weaver = new ClassWeaver(in.readAllBytes());
            ClassWeaver.Result result = weaver.weave(weaver.everything(), key -> 0);
            boolean checked = false;
            for (WovenSite site : result.sites()) {
                if (site.layout().variable("total").isPresent()) {
                    check(site, armed);
                    checked = true;
                }
            }
            if (!checked) {
                throw new IllegalStateException("no site was found in " + resource);
            }
        } catch (IOException | RejectedException e) {
            throw new IllegalStateException("the agent's self-test failed: " + e.getMessage(), e);
        }
    }

    private void check(WovenSite site, ArmedProbe armed) throws RejectedException {
        MethodType type =
                MethodType.fromMethodDescriptorString(site.layout().descriptor(), Subject.class.getClassLoader());
        Scope scope =
                new Scope(Subject.class, "price", site.line(), site.layout().bindings(), specials);
        MethodHandle hit = compiler.compileAhead(type, scope, armed);
        Bridge.link(MethodHandles.lookup(), "hit", type, NO_SITE);
        try {
            hit.invokeWithArguments(
                    type.parameterList().stream().map(Rehearsal::sample).toList());
        } catch (Throwable t) {
            throw new IllegalStateException("the agent's self-test failed: " + t, t);
        }
    }

    /** A value that an int, a double or an object can have. */
    private static Object sample(Class<?> type) {
        return type.isPrimitive() ? (byte) 2 : "a text";
    }

    /** What is woven: a loop and a branch, as most code is. */
    static final class Subject {
        private Subject() {}

        static double price(int quantity, String name) {
            double total = 0;
            for (int i = 0; i < quantity; i++) {
                total += i;
            }
            return name == null ? 0 : total;
        }
    }
}
